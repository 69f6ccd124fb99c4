/** Decides whether Cognito may give out tokens, and what our claim in them says. */
import type { ClientStanding } from '../../shared/clients/client-standing.ts';
import { ReportedError } from '../../shared/lambda/reported-error.ts';
import { readClientId, readUser } from '../../shared/messages/cognito-session.ts';
import type { ClaimValue } from './claims-override.ts';
import type { ClientBook, ClientRef } from './client-book.ts';
import { type Dependencies as GuardDependencies, type GuardOutcome, guardTokens } from './guard-tokens.ts';
import { readTokenSource, type TokenEvent, type TokenSource } from './token-event.ts';

export interface Dependencies extends GuardDependencies {
  readonly clients: ClientBook;
}

export interface Admitted {
  /** The value of our claim. Tokens for machines do not have it, nor those of clients where it may not be true. */
  readonly claim?: ClaimValue;
  readonly report: {
    readonly outcome: string;
    readonly challengeId?: string | undefined;
    /** Where tokens are, or were, given without a code. */
    readonly client?: string;
    readonly clientStanding?: ClientStanding;
  };
}

/** Cognito shows the text to the user, so it does not give the reason; the log does. */
const refusal = (reason: string): ReportedError =>
  new ReportedError('TokensRefused', 'Sign in again, with the code from your mail.', {
    cause: new ReportedError('TokensRefused', reason),
  });

const refuse = ({ measure }: Dependencies, source: TokenSource): never => {
  measure({ TokensRefused: 1 });
  throw refusal(`Tokens asked for by ${source}`);
};

const clientIn = (event: TokenEvent): ClientRef => {
  const { userPoolId } = event as { readonly userPoolId?: unknown };
  return { poolId: typeof userPoolId === 'string' ? userPoolId : '', clientId: readClientId(event) ?? '' };
};

/** While tokens without a code are out, or may come out, no tokens of the client have the claim: nothing tells them apart. */
const admission = (
  claim: ClaimValue,
  standing: ClientStanding,
  { clientId }: ClientRef,
  report: Admitted['report'],
): Admitted => {
  if (standing === 'clean') return { claim, report };
  const isTrue = standing === 'refused';
  return { ...(isTrue && { claim }), report: { ...report, client: clientId, clientStanding: standing } };
};

/**
 * The sign-in that is refreshed passed this trigger with a code, unless its client is known for others, or it is older than the
 * service in this pool: the event does not tell. Whoever adds the service revokes the older refresh tokens
 * (docs/security-settings.md).
 */
const admitRefresh = async (dependencies: Dependencies, client: ClientRef): Promise<Admitted> => {
  const standing = await dependencies.clients.standingOf(client, dependencies.now());
  if (standing === 'refused') return refuse(dependencies, 'refresh');
  return admission('refreshed', standing, client, { outcome: 'refreshed' });
};

interface SignIn {
  readonly source: TokenSource;
  readonly client: ClientRef;
  readonly userId: string;
  readonly requestId: string;
}

const admitSignIn = async (
  dependencies: Dependencies,
  { source, client, userId, requestId }: SignIn,
): Promise<Admitted> => {
  const { clients, measure, now } = dependencies;
  const time = now();
  // The call for it, if there is one, goes out beside the one for the user's challenges.
  const standing = clients.standingOf(client, time);
  const reports = standing.then((word) => word === 'reporting');
  const asked = { userId, clientId: client.clientId, requestId, reports };
  const { kind, challengeId }: GuardOutcome =
    source === 'signIn'
      ? await guardTokens(dependencies, asked)
      : (await reports)
        ? { kind: 'reported' }
        : refuse(dependencies, source);
  if (kind === 'notVerified' || kind === 'spent') throw refusal(kind);
  if (kind === 'reported') {
    // Before the tokens are out, so that none of them can ever be taken for one with a code.
    await clients.taint(client, time);
    measure({ TokensReported: 1 }, { client: client.clientId });
  }
  return admission('verified', await standing, client, { outcome: kind, challengeId });
};

/** Lets the tokens through, or throws `TokensRefused`. */
export const admit = async (
  dependencies: Dependencies,
  event: TokenEvent,
  requestId: string,
): Promise<Admitted> => {
  const source = readTokenSource(event);
  if (source === 'machine') return { report: { outcome: 'clientCredentials' } };
  const client = clientIn(event);
  if (source === 'refresh') return admitRefresh(dependencies, client);
  const userId = source === 'unknown' ? undefined : readUser(event.request)?.userId;
  if (source === 'unknown' || userId === undefined || client.clientId === '')
    return refuse(dependencies, source);
  return admitSignIn(dependencies, { source, client, userId, requestId });
};
