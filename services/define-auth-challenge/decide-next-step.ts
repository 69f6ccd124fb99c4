/** What comes next in a sign-in: SRP, then the password, then the code. Pure; everything it does not expect fails. */
import {
  FAIL,
  ISSUE_TOKENS,
  type NextStep,
  nextChallenge,
  type SessionEntry,
} from '../../shared/messages/cognito-session.ts';

export interface SignIn {
  readonly session: readonly SessionEntry[];
  /** Cognito's `cognito:user_status`. */
  readonly userStatus: string | undefined;
  /** False for a user whose existence Cognito conceals. */
  readonly userExists: boolean;
}

/** Users in these states have to choose a password first; Cognito does not insert that challenge itself. */
const NEEDS_NEW_PASSWORD: readonly (string | undefined)[] = ['FORCE_CHANGE_PASSWORD', 'RESET_REQUIRED'];

/** The pool's own second factors, which Cognito itself inserts after the password. */
const POOL_MFA: readonly string[] = ['SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'];

/**
 * Entries are found by name and place, never by count alone: `[SRP_A ✓]` must not pass for a proven password
 * (AWS, "Define Auth challenge Lambda trigger").
 */
export const decideNextStep = ({ session, userStatus, userExists }: SignIn, maxRounds: number): NextStep => {
  const [srp, password, ...rest] = session;
  if (srp?.challengeName !== 'SRP_A' || !srp.succeeded) return FAIL;
  // Also for users who do not exist: Cognito simulates the exchange and refuses the password.
  if (password === undefined) return nextChallenge('PASSWORD_VERIFIER');
  if (password.challengeName !== 'PASSWORD_VERIFIER' || !password.succeeded || !userExists) return FAIL;
  return afterPassword(rest, userStatus, maxRounds);
};

const afterPassword = (
  entries: readonly SessionEntry[],
  userStatus: string | undefined,
  maxRounds: number,
): NextStep => {
  const firstRound = entries.findIndex(({ challengeName }) => challengeName === 'CUSTOM_CHALLENGE');
  const between = firstRound < 0 ? entries : entries.slice(0, firstRound);
  const rounds = firstRound < 0 ? [] : entries.slice(firstRound);

  const expected = ({ challengeName, succeeded }: SessionEntry) =>
    succeeded && (challengeName === 'NEW_PASSWORD_REQUIRED' || POOL_MFA.includes(challengeName));
  if (!between.every(expected)) return FAIL;
  if (rounds.length === 0) {
    const changed = between.some(({ challengeName }) => challengeName === 'NEW_PASSWORD_REQUIRED');
    return NEEDS_NEW_PASSWORD.includes(userStatus) && !changed
      ? nextChallenge('NEW_PASSWORD_REQUIRED')
      : nextChallenge('CUSTOM_CHALLENGE');
  }
  return afterRounds(rounds, maxRounds);
};

const afterRounds = (rounds: readonly SessionEntry[], maxRounds: number): NextStep => {
  const last = rounds.at(-1);
  const refused = rounds.slice(0, -1);
  const isRound = ({ challengeName }: SessionEntry) => challengeName === 'CUSTOM_CHALLENGE';
  if (!rounds.every(isRound) || refused.some(({ succeeded }) => succeeded)) return FAIL;
  // A right answer counts only together with the reference that create-auth-challenge left for it.
  if (last?.succeeded) return last.challengeId === undefined ? FAIL : ISSUE_TOKENS;
  return rounds.length < maxRounds ? nextChallenge('CUSTOM_CHALLENGE') : FAIL;
};
