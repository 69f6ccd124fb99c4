/** What an error of a sign-in means for programs: a word, and what can be done. The words for people are in `words/`. */
import { type MarkedRefusal, readRefusal } from '../shared/messages/refusal.ts';

/** The step of the sign-in at which an error came. */
export type SignInStage = 'password' | 'newPassword' | 'code';

/**
 * - `sessionUsed`: this step was answered already, here or in another window, or the answer to it was lost. `sessionExpired`: it
 *   took too long. `sessionOver`: one of these two, and Cognito does not say which. `sessionUnknown`: Cognito does not know the sign-in any more. `stepForgotten`: the page was loaded again too
 *   late, and the library that signs in has forgotten the sign-in.
 * - `locked`, `tooManyMails`, `tooManyOrders`: until `retryAt`. `refused`: a trigger's own text is in `detail`.
 * - `alreadySignedIn`: Amplify has tokens in this browser, perhaps of another tab.
 * - `noAnswer`: the service was not reached, or its answer was lost. `busy`: it takes no more calls at the moment.
 * - `unknownStep`: the pool asks for something else than a code, whose name is in `detail`.
 */
export type ProblemCode =
  | 'wrongPassword'
  | 'tooManyPasswords'
  | 'temporaryPasswordExpired'
  | 'passwordResetRequired'
  | 'passwordNotAllowed'
  | 'invalidInput'
  | 'userDisabled'
  | 'userNotConfirmed'
  | 'sessionUsed'
  | 'sessionExpired'
  | 'sessionOver'
  | 'sessionUnknown'
  | 'stepForgotten'
  | 'tooManyRounds'
  | 'locked'
  | 'tooManyMails'
  | 'tooManyOrders'
  | 'refused'
  | 'alreadySignedIn'
  | 'ended'
  | 'noAnswer'
  | 'busy'
  | 'tooSlow'
  | 'failed'
  | 'poolMissing'
  | 'unknownStep'
  | 'unknown';

export interface SignInProblem {
  readonly code: ProblemCode;
  /** What the person can do: start again, give something else, or give the same once more, because that was not at fault. */
  readonly next: 'startOver' | 'correct' | 'repeat';
  /** Epoch milliseconds from which on another sign-in may work; infinite if only an operator can help. */
  readonly retryAt?: number;
  /** A trigger's own text, Cognito's reason for refusing a password, or the name of an unknown step. */
  readonly detail?: string;
}

const hasEnded = (code: ProblemCode): SignInProblem => ({ code, next: 'startOver' });
const isWrong = (code: ProblemCode, detail: string): SignInProblem => ({ code, next: 'correct', detail });
const mayRepeat = (code: ProblemCode): SignInProblem => ({ code, next: 'repeat' });

/** Why a session is not taken, or undefined if the message is not about that. A pool may give two reasons in one message. */
const sessionProblem = (message: string): ProblemCode | undefined => {
  const isExpired = /expired/i.test(message);
  if (/only be used once/i.test(message)) return isExpired ? 'sessionOver' : 'sessionUsed';
  if (isExpired) return 'sessionExpired';
  return /invalid session/i.test(message) ? 'sessionUnknown' : undefined;
};

/** Cognito throws `NotAuthorizedException` for many reasons, and only the message shows which one it is. */
const notAuthorized = (message: string, stage: SignInStage): ProblemCode => {
  if (/disabled/i.test(message)) return 'userDisabled';
  if (/attempts exceeded/i.test(message)) return 'tooManyPasswords';
  if (/temporary password has expired/i.test(message)) return 'temporaryPasswordExpired';
  // At the password too: a client whose reply was lost gives the proof again, in a session that is used up.
  const ofSession = sessionProblem(message);
  if (stage === 'password') return ofSession ?? 'wrongPassword';
  // Cognito says so of the code whenever define-auth-challenge ends a sign-in, which it does after `maxRounds`.
  if (stage === 'code' && /^incorrect username or password/i.test(message)) return 'tooManyRounds';
  return ofSession ?? 'ended';
};

const LIMITS: Readonly<Record<MarkedRefusal['code'], ProblemCode>> = {
  LOCKED: 'locked',
  SEND_LIMIT: 'tooManyMails',
  ORDER_LIMIT: 'tooManyOrders',
};

/** Cognito's message is `<trigger> failed with error <text>.` */
const ofTrigger = (message: string): SignInProblem => {
  const refusal = readRefusal(message);
  // verify-auth-challenge has no words of its own: if it fails, a service behind it has failed.
  if (message.startsWith('VerifyAuthChallengeResponse ')) return hasEnded('failed');
  if (refusal !== undefined) return { ...hasEnded(LIMITS[refusal.code]), retryAt: refusal.retryAt };
  const detail = message.replace(/^\w+ failed with error /, '').replace(/([.!?])\.$/, '$1');
  return { ...hasEnded('refused'), detail };
};

/** By the name of Cognito's exception. */
const BY_NAME: Readonly<Record<string, SignInProblem>> = {
  UserNotFoundException: hasEnded('wrongPassword'),
  PasswordResetRequiredException: hasEnded('passwordResetRequired'),
  UserNotConfirmedException: hasEnded('userNotConfirmed'),
  TooManyRequestsException: mayRepeat('busy'),
  LimitExceededException: mayRepeat('busy'),
  ThrottlingException: mayRepeat('busy'),
  // Not Cognito's, but that of a firewall before it.
  ForbiddenException: mayRepeat('busy'),
  ServiceUnavailableException: mayRepeat('noAnswer'),
  UnexpectedLambdaException: hasEnded('tooSlow'),
  InvalidLambdaResponseException: hasEnded('failed'),
  InternalErrorException: hasEnded('failed'),
  ResourceNotFoundException: hasEnded('poolMissing'),
  // Amplify's: it has no sign-in that could go on, or one is done already.
  SignInException: hasEnded('stepForgotten'),
  UserAlreadyAuthenticatedException: hasEnded('alreadySignedIn'),
};

interface Thrown {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: unknown };
}

/** Names of errors for an answer that did not come, or that was none of Cognito's: Amplify's, the SDK's, a browser's and Node's. */
const NO_ANSWER = /^(?:NetworkError|TimeoutError|AbortError|SyntaxError|Unknown|InternalFailure)$/;
/** What browsers and Node say where a connection fails; other type errors are mistakes of a program. */
const BROKEN = /fetch|network|load failed|terminated|stream|connect|internet/i;
/** Node's codes for connections, names and TLS. */
const CODES = /^(?:E[A-Z_]+|ERR_(?:STREAM|HTTP2|SSL|TLS)_\w+|UND_ERR\w*)$/;

/** An error that does not come from Cognito: the call may have been done all the same. */
const ofTheWay = ({ name, message, code, $metadata }: Thrown): SignInProblem | undefined => {
  const status = Number($metadata?.httpStatusCode);
  if (status === 429) return mayRepeat('busy');
  const isBroken =
    status >= 500 ||
    NO_ANSWER.test(String(name)) ||
    (name === 'TypeError' && BROKEN.test(String(message))) ||
    CODES.test(String(code));
  return isBroken ? mayRepeat('noAnswer') : undefined;
};

/** Never throws, whatever was thrown. `unknown` is an error that is none of Cognito's for this stage. */
export const problemOf = (error: unknown, stage: SignInStage): SignInProblem => {
  const thrown = (error ?? {}) as Thrown;
  const [name, message] = [String(thrown.name), String(thrown.message ?? '')];
  switch (name) {
    case 'NotAuthorizedException':
      return hasEnded(notAuthorized(message, stage));
    case 'UserLambdaValidationException':
      return ofTrigger(message);
    case 'InvalidPasswordException':
      return isWrong('passwordNotAllowed', message);
    case 'InvalidParameterException':
      if (stage === 'newPassword') return isWrong('passwordNotAllowed', message);
      return stage === 'password' ? isWrong('invalidInput', message) : hasEnded('unknown');
    default:
      return (Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : ofTheWay(thrown)) ?? hasEnded('unknown');
  }
};

/** What it means that Cognito asks for something else than a code. The names are Cognito's, or Amplify's of its steps. */
export const problemOfStep = (name: string): SignInProblem => {
  switch (name) {
    case 'RESET_PASSWORD':
      return hasEnded('passwordResetRequired');
    case 'CONFIRM_SIGN_UP':
      return hasEnded('userNotConfirmed');
    default:
      return { ...hasEnded('unknownStep'), detail: name };
  }
};
