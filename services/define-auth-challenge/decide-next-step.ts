/** Decides what comes next in a sign-in: SRP, then the password, then the code. Every session that it does not expect fails. */
import type { Limits } from '../../shared/domain/limits.ts';
import type { ClientCall } from '../../shared/messages/client-metadata.ts';
import {
  countStatuses,
  FAIL,
  ISSUE_TOKENS,
  type NextStep,
  nextChallenge,
  type SessionEntry,
} from '../../shared/messages/cognito-session.ts';

export interface SignIn {
  readonly session: readonly SessionEntry[];
  /** The attribute `cognito:user_status`. */
  readonly userStatus: string | undefined;
  /** False if there is no such user, which Cognito hides from the client. */
  readonly userExists: boolean;
  /** What the client wanted with the round that it has just answered. */
  readonly call: ClientCall;
}

type RoundLimits = Pick<Limits, 'maxRounds' | 'statusRounds'>;

/** Users with these statuses have to choose a new password first. Cognito does not insert that challenge itself. */
const NEEDS_NEW_PASSWORD: readonly (string | undefined)[] = ['FORCE_CHANGE_PASSWORD', 'RESET_REQUIRED'];

/** The second factors of the pool itself, which Cognito inserts after the password. */
const POOL_MFA: readonly string[] = ['SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'];

/**
 * The name and the position of each entry are checked, not only their number: `[SRP_A ✓]` does not prove the password
 * (AWS, "Define Auth challenge Lambda trigger").
 */
export const decideNextStep = (signIn: SignIn, limits: RoundLimits): NextStep => {
  const { session, userExists } = signIn;
  const [srp, password, ...rest] = session;
  if (srp?.challengeName !== 'SRP_A' || !srp.succeeded) return FAIL;
  // Users who do not exist get this too: Cognito simulates the exchange and refuses the password.
  if (password === undefined) return nextChallenge('PASSWORD_VERIFIER');
  if (password.challengeName !== 'PASSWORD_VERIFIER' || !password.succeeded || !userExists) return FAIL;
  return afterPassword(rest, signIn, limits);
};

const afterPassword = (
  entries: readonly SessionEntry[],
  { userStatus, call }: SignIn,
  limits: RoundLimits,
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
  return afterRounds(rounds, call, limits);
};

const afterRounds = (rounds: readonly SessionEntry[], call: ClientCall, limits: RoundLimits): NextStep => {
  const last = rounds.at(-1);
  const refused = rounds.slice(0, -1);
  const isRound = ({ challengeName }: SessionEntry) => challengeName === 'CUSTOM_CHALLENGE';
  if (!rounds.every(isRound) || refused.some(({ succeeded }) => succeeded)) return FAIL;
  // A right answer counts only with the challenge id that create-auth-challenge stored in the session.
  if (last?.succeeded) return last.challengeId === undefined ? FAIL : ISSUE_TOKENS;
  return countedRounds(rounds, call, limits) < limits.maxRounds ? nextChallenge('CUSTOM_CHALLENGE') : FAIL;
};

/** Rounds that only asked how the mail stands are free, up to a number. */
const countedRounds = (
  rounds: readonly SessionEntry[],
  call: ClientCall,
  { statusRounds }: RoundLimits,
): number => rounds.length - Math.min(statusRounds, countStatuses(rounds, call === 'status'));
