/**
 * Runs a sign-in: after each proven or failed step of custom authentication the define trigger decides what comes next. In the
 * flows of a password alone nobody is asked.
 */
import type { JsonObject } from '../../../ground/service.ts';
import { incorrectCredentials, invalidLambdaResponse, userDisabled } from '../errors.ts';
import type { TextMap } from '../input.ts';
import type { Tokens } from '../tokens/tokens.ts';
import { missingAttributes } from '../users/attributes.ts';
import type { Subject } from '../users/subjects.ts';
import { mustChangePassword, type StoredUser } from '../users/users.ts';
import type { ChallengeResult, ChallengeTriggers, ClientStep, Decision, Flow } from './challenge-triggers.ts';
import type { PoolTriggers } from './pool-triggers.ts';
import type { Sessions } from './sessions.ts';
import type { Exchange } from './srp.ts';

/** The challenge that the client has to answer, with the data to judge the answer. */
export type Pending =
  | { readonly kind: 'PASSWORD_VERIFIER'; readonly exchange: Exchange }
  | { readonly kind: 'NEW_PASSWORD_REQUIRED' }
  | {
      readonly kind: 'CUSTOM_CHALLENGE';
      readonly privateParameters: TextMap;
      readonly metadata: string | null;
    };

/** A sign-in between two calls. */
export interface PendingSignIn {
  readonly username: string;
  /** Tells the user from another one who has the name later; undefined for a stranger. */
  readonly sub: string | undefined;
  readonly history: readonly ChallengeResult[];
  readonly flow?: Flow | undefined;
  readonly pending: Pending;
}

export interface CustomAuth {
  /** Calls define, and returns the next challenge or tokens. `exchange` is given only right after SRP_A. */
  proceed(step: ClientStep, exchange?: Exchange): Promise<JsonObject>;
}

export const passed = (challengeName: string): ChallengeResult => ({
  challengeName,
  challengeResult: true,
  challengeMetadata: null,
});

const isPasswordProven = (history: readonly ChallengeResult[]) =>
  history.some(
    ({ challengeName, challengeResult }) => challengeName === 'PASSWORD_VERIFIER' && challengeResult,
  );

/** What comes next without a define trigger: the password, a new one if it is due, tokens. */
const decideAlone = ({ subject, history }: ClientStep): Decision => {
  if (history.at(-1)?.challengeName === 'SRP_A') return { kind: 'challenge', name: 'PASSWORD_VERIFIER' };
  return subject.kind === 'user' && mustChangePassword(subject.user)
    ? { kind: 'challenge', name: 'NEW_PASSWORD_REQUIRED' }
    : { kind: 'tokens' };
};

/** The `sub` of the user whom the subject is. */
export const subOf = (subject: Subject): string | undefined =>
  subject.kind === 'user' ? subject.user.attributes.sub : undefined;

export const createCustomAuth = (
  triggers: ChallengeTriggers,
  sessions: Sessions<PendingSignIn>,
  tokens: Tokens,
  poolTriggers: PoolTriggers,
): CustomAuth => {
  const ask = (
    { pool, client, subject, history, flow }: ClientStep,
    pending: Pending,
    parameters: TextMap,
  ): JsonObject => ({
    ChallengeName: pending.kind,
    ChallengeParameters: parameters,
    Session: sessions.open(pool, client, {
      username: subject.username,
      sub: subOf(subject),
      history,
      flow,
      pending,
    }),
  });

  const askForPassword = (step: ClientStep, exchange: Exchange): JsonObject => {
    const { username, credential } = step.subject;
    return ask(
      step,
      { kind: 'PASSWORD_VERIFIER', exchange },
      {
        SALT: credential.salt,
        SECRET_BLOCK: exchange.secretBlock,
        SRP_B: exchange.serverPublic,
        USERNAME: username,
        USER_ID_FOR_SRP: username,
      },
    );
  };

  const askForNewPassword = (step: ClientStep, { username, attributes }: StoredUser): JsonObject => {
    const missing = missingAttributes(step.pool, attributes);
    const { sub, ...userAttributes } = attributes;
    return ask(
      step,
      { kind: 'NEW_PASSWORD_REQUIRED' },
      {
        USER_ID_FOR_SRP: username,
        requiredAttributes: JSON.stringify(missing.map((name) => `userAttributes.${name}`)),
        userAttributes: JSON.stringify(userAttributes),
      },
    );
  };

  const askCustom = async (step: ClientStep, name: string): Promise<JsonObject> => {
    const { publicParameters, privateParameters, metadata } = await triggers.create(step, name);
    const parameters = { ...publicParameters, USERNAME: step.subject.username };
    return ask(step, { kind: 'CUSTOM_CHALLENGE', privateParameters, metadata }, parameters);
  };

  const present = async (
    step: ClientStep,
    name: string,
    exchange: Exchange | undefined,
  ): Promise<JsonObject> => {
    const { subject, history } = step;
    if (name === 'CUSTOM_CHALLENGE') return askCustom(step, name);
    if (name === 'PASSWORD_VERIFIER' && exchange !== undefined) return askForPassword(step, exchange);
    // Without a proven password, anybody who knows a username could set that user's password.
    const mayChange =
      subject.kind === 'user' && mustChangePassword(subject.user) && isPasswordProven(history);
    if (name === 'NEW_PASSWORD_REQUIRED' && mayChange) return askForNewPassword(step, subject.user);
    throw invalidLambdaResponse();
  };

  /** Issues tokens if define says so, even without a proven password, as on AWS. A temporary password must have been changed. */
  const issue = async (step: ClientStep): Promise<JsonObject> => {
    const { pool, client, subject, history, clientMetadata } = step;
    if (subject.kind === 'stranger') throw incorrectCredentials();
    if (!subject.user.enabled) throw userDisabled();
    if (mustChangePassword(subject.user) && isPasswordProven(history)) throw invalidLambdaResponse();

    // AWS says "before a user has received tokens", and not whether before or after the pre token generation trigger.
    await poolTriggers.afterSignIn(step, subject.user);
    const changedPassword = history.at(-1)?.challengeName === 'NEW_PASSWORD_REQUIRED';
    const source = changedPassword
      ? 'TokenGeneration_NewPasswordChallenge'
      : 'TokenGeneration_Authentication';
    const result = await tokens.issue({ pool, client, user: subject.user, source, clientMetadata });
    return { ChallengeParameters: {}, AuthenticationResult: result };
  };

  return {
    proceed: async (step, exchange) => {
      const decision = step.flow === 'password' ? decideAlone(step) : await triggers.define(step);
      switch (decision.kind) {
        case 'fail':
          throw incorrectCredentials();
        case 'tokens':
          return issue(step);
        case 'challenge':
          return present(step, decision.name, exchange);
      }
    },
  };
};
