/** Cognito's pre token generation event (V1_0): what the tokens are for, and the claim that a code was given. */
import type { PreTokenGenerationTriggerEvent } from 'aws-lambda';
import { ReportedError } from '../../shared/lambda/reported-error.ts';

/** A claim of the ID token: `verified` in the token of the sign-in itself, `refreshed` in tokens that a refresh gave. */
export const CLAIM = 'email_otp';
export type ClaimValue = 'verified' | 'refreshed';

/** `other`: managed login, a device, or anything that Cognito may add. None of them asks for a code. */
export type TokenSource = 'signIn' | 'refresh' | 'other';

const SOURCES: Readonly<Record<string, TokenSource>> = {
  TokenGeneration_Authentication: 'signIn',
  TokenGeneration_NewPasswordChallenge: 'signIn',
  TokenGeneration_RefreshTokens: 'refresh',
};

/** Reads what the tokens are for from Cognito's name for it; `other` if the name is not known here. */
export const readTokenSource = (triggerSource: unknown): TokenSource =>
  typeof triggerSource === 'string' && Object.hasOwn(SOURCES, triggerSource)
    ? (SOURCES[triggerSource] ?? 'other')
    : 'other';

/** Cognito shows the text to the user, so it does not give the reason; the log does. */
export const refusal = (reason?: string): ReportedError =>
  new ReportedError('TokensRefused', 'Sign in again, with the code from your mail.', {
    ...(reason !== undefined && { cause: new ReportedError('TokensRefused', reason) }),
  });

/** Adds the claim, and keeps what the event's response has already. */
export const addClaim = (
  event: PreTokenGenerationTriggerEvent,
  value: ClaimValue,
): PreTokenGenerationTriggerEvent => {
  const details = event.response?.claimsOverrideDetails ?? {};
  return {
    ...event,
    response: {
      claimsOverrideDetails: {
        ...details,
        claimsToAddOrOverride: { ...details.claimsToAddOrOverride, [CLAIM]: value },
      },
    },
  };
};
