/** Explains to the person who signs in, on the page or by the command, why Cognito or a trigger refuses the sign-in. */
import { type MarkedRefusal, readRefusal } from '../messages/refusal.ts';
import { LIMIT_WORDS } from './limit-words.ts';
import { describePasswordProblem } from './password-words.ts';
import { retryTime } from './times.ts';

/** The step of the sign-in at which an error came. */
export type SignInStage = 'password' | 'newPassword' | 'code';

export interface SignInProblem {
  readonly text: string;
  /** What the person can do: start again, give something else, or give the same once more, because that was not at fault. */
  readonly next: 'startOver' | 'correct' | 'repeat';
}

export const hasEnded = (text: string): SignInProblem => ({ text, next: 'startOver' });
export const isWrong = (text: string): SignInProblem => ({ text, next: 'correct' });
export const mayRepeat = (text: string): SignInProblem => ({ text, next: 'repeat' });

const WRONG_PASSWORD = hasEnded('The email address or the password is not right.');

const TOO_LONG = hasEnded('The sign-in has ended because it took too long. Please sign in again.');

/** Why a session is not taken, or undefined if the message is not about that. A pool may give two reasons in one message. */
const describeSession = (message: string): SignInProblem | undefined => {
  if (/only be used once/i.test(message)) {
    const also = /expired/i.test(message) ? ', or it took too long' : '';
    return hasEnded(
      `The sign-in has ended: this step was answered already, here or in another window, or the answer to it was lost${also}. Please sign in again.`,
    );
  }
  if (/expired/i.test(message)) return TOO_LONG;
  return /invalid session/i.test(message)
    ? hasEnded('The sign-in is not known any more, probably because it took too long. Please sign in again.')
    : undefined;
};

const TOO_MANY_ROUNDS = hasEnded(
  'The sign-in has ended: too many tries, those for another mail included. Please sign in again.',
);
const ENDED = hasEnded('The sign-in has ended. Please sign in again.');

/** Cognito throws `NotAuthorizedException` for many reasons, and only the message shows which one it is. */
const describeNotAuthorized = (message: string, stage: SignInStage): SignInProblem => {
  if (/disabled/i.test(message)) return hasEnded('This account is disabled. Ask whoever looks after it.');
  if (/attempts exceeded/i.test(message)) {
    return hasEnded('Too many tries with wrong passwords. Wait a while, then try again.');
  }
  if (/temporary password has expired/i.test(message)) {
    return hasEnded('Your temporary password has expired. Ask for a new one.');
  }
  // At the password too: a client whose reply was lost gives the proof again, in a session that is used up.
  const ofSession = describeSession(message);
  if (stage === 'password') return ofSession ?? WRONG_PASSWORD;
  // Cognito says so of the code whenever define-auth-challenge ends a sign-in, which it does after `maxRounds`.
  if (stage === 'code' && /^incorrect username or password/i.test(message)) return TOO_MANY_ROUNDS;
  return ofSession ?? ENDED;
};

const describeLimit = ({ code, retryAt }: MarkedRefusal, now: number): string => {
  if (!Number.isFinite(retryAt)) {
    return 'Too many wrong codes were given, so this account is locked. Please contact support.';
  }
  const again = `You can sign in again from ${retryTime(retryAt, now)} on.`;
  return code === 'LOCKED'
    ? `This account is locked for a while, after too many wrong codes or because somebody reported its mails as unwanted. ${again}`
    : `No code was mailed, because ${LIMIT_WORDS[code]} for this account. ${again}`;
};

/** The text of a trigger's error, from Cognito's message `<trigger> failed with error <text>.` */
const triggerText = (message: string): string =>
  message.replace(/^\w+ failed with error /, '').replace(/([.!?])\.$/, '$1');

const describeTrigger = (message: string, now: number): SignInProblem => {
  const refusal = readRefusal(message);
  return hasEnded(refusal === undefined ? triggerText(message) : describeLimit(refusal, now));
};

/**
 * Returns undefined if the error is not a refusal of the user or of what the user gave, for instance if the network or the
 * service fails.
 */
export const describeRefusal = (
  error: unknown,
  stage: SignInStage,
  now: number,
): SignInProblem | undefined => {
  const { name = '', message = '' } = (error ?? {}) as Partial<Error>;
  switch (name) {
    case 'NotAuthorizedException':
      return describeNotAuthorized(message, stage);
    case 'UserNotFoundException':
      return WRONG_PASSWORD;
    case 'PasswordResetRequiredException':
      return hasEnded('Your password has to be reset. Ask whoever looks after your account.');
    case 'UserNotConfirmedException':
      return hasEnded('This account is not confirmed yet. Ask whoever looks after it.');
    case 'UserLambdaValidationException':
      return describeTrigger(message, now);
    case 'InvalidPasswordException':
      return isWrong(describePasswordProblem(message));
    case 'InvalidParameterException':
      return stage === 'newPassword' ? isWrong(describePasswordProblem(message)) : undefined;
    default:
      return undefined;
  }
};

/** For a pool that asks for a step which neither the page nor the command supports. */
export const describeUnknownStep = (name: string): string =>
  `This user pool asks for something that is not known here (${name}).`;
