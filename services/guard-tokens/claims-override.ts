/** Cognito's pre token generation event (V1_0): where tokens are asked for, and the claim that says a code was given. */
import type { PreTokenGenerationTriggerEvent } from 'aws-lambda';
import { ReportedError } from '../../shared/lambda/reported-error.ts';

/** In the ID token: `verified` in the token of the sign-in itself, `refreshed` in those that were refreshed from it. */
export const CLAIM = 'email_otp';
export type ClaimValue = 'verified' | 'refreshed';

/** `other`: managed login, a device, and whatever Cognito may add; none of them can have asked for a code. */
export type TokenSource = 'signIn' | 'refresh' | 'other';

const SOURCES: Readonly<Record<string, TokenSource>> = {
  TokenGeneration_Authentication: 'signIn',
  TokenGeneration_NewPasswordChallenge: 'signIn',
  TokenGeneration_RefreshTokens: 'refresh',
};

/** Who asks for tokens, by Cognito's name for it; `other` for whatever is not known here. */
export const readTokenSource = (triggerSource: unknown): TokenSource =>
  typeof triggerSource === 'string' && Object.hasOwn(SOURCES, triggerSource)
    ? (SOURCES[triggerSource] ?? 'other')
    : 'other';

/** Cognito shows the text to the user, so it is the same for every reason; the log has the reason. */
export const refusal = (reason?: string): ReportedError =>
  new ReportedError('TokensRefused', 'Sign in again, with the code from your mail.', {
    ...(reason !== undefined && { cause: new ReportedError('TokensRefused', reason) }),
  });

/** Keeps what another part of the event's answer may hold. */
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
