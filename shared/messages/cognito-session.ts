/** Reads Cognito's custom authentication events tolerantly, and writes the decision of define-auth-challenge. */
import type { DefineAuthChallengeTriggerEvent } from 'aws-lambda';
import { readSessionMetadata, type SessionMetadata } from './session-metadata.ts';

/** One answered challenge of Cognito's session; the oldest comes first. */
export interface SessionEntry extends Partial<SessionMetadata> {
  readonly challengeName: string;
  readonly succeeded: boolean;
}

interface User {
  readonly userId: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  readonly locale: string | undefined;
}

/** What define-auth-challenge can decide. */
export type NextStep =
  | { readonly kind: 'challenge'; readonly challengeName: string }
  | { readonly kind: 'issueTokens' }
  | { readonly kind: 'fail' };

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const optionalText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Real events have null where the types say undefined, and may have new names and fields. */
export const readSession = (session: unknown): readonly SessionEntry[] => {
  if (!Array.isArray(session)) return [];
  return session.map((raw): SessionEntry => {
    const entry = record(raw);
    return {
      challengeName: optionalText(entry.challengeName) ?? '',
      succeeded: entry.challengeResult === true,
      ...readSessionMetadata(entry.challengeMetadata),
    };
  });
};

/**
 * How many of the rounds only asked how the mail stands. Each has left a mark in the round after it, but the last, of which `isStatus`
 * tells it.
 */
export const countStatuses = (rounds: readonly SessionEntry[], isStatus: boolean): number =>
  rounds.filter(({ afterStatus }) => afterStatus).length + (isStatus ? 1 : 0);

/** The app client that a trigger was called for; undefined if the event names none. */
export const readClientId = (event: { readonly callerContext?: unknown }): string | undefined =>
  optionalText(record(event.callerContext).clientId);

/** Returns undefined if Cognito says that there is no such user, or names none. */
export const readUser = (request: {
  readonly userAttributes?: unknown;
  readonly userNotFound?: unknown;
}): User | undefined => {
  const attributes = record(request.userAttributes);
  const userId = optionalText(attributes.sub);
  if (userId === undefined || request.userNotFound === true) return undefined;
  return {
    userId,
    email: optionalText(attributes.email),
    emailVerified: attributes.email_verified === 'true',
    locale: optionalText(attributes.locale),
  };
};

/** Whom a trigger's event is about, for its line in the log. */
export const userIdIn = ({ request }: { readonly request: Parameters<typeof readUser>[0] }) => ({
  userId: readUser(request)?.userId,
});

/** The step to the challenge with this name of Cognito. */
export const nextChallenge = (challengeName: string): NextStep => ({ kind: 'challenge', challengeName });
export const ISSUE_TOKENS: NextStep = { kind: 'issueTokens' };
export const FAIL: NextStep = { kind: 'fail' };

/** Writes the step into the event's response. */
export const writeNextStep = (
  event: DefineAuthChallengeTriggerEvent,
  step: NextStep,
): DefineAuthChallengeTriggerEvent => {
  const response = {
    issueTokens: step.kind === 'issueTokens',
    failAuthentication: step.kind === 'fail',
    ...(step.kind === 'challenge' && { challengeName: step.challengeName }),
  };
  return { ...event, response: response as DefineAuthChallengeTriggerEvent['response'] };
};
