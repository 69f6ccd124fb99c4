/** What a trigger's error says to the person who signs in: the one vocabulary of the sign-in command and page. */
import { type MarkedRefusal, readRefusal } from '../messages/refusal.ts';
import { retryTime } from './retry-time.ts';

const describeRefusal = ({ code, retryAt }: MarkedRefusal, now: number): string => {
  if (!Number.isFinite(retryAt)) {
    return 'Too many wrong codes were given, so this account is locked. Please contact support.';
  }
  const time = retryTime(retryAt, now);
  return code === 'LOCKED'
    ? `Too many wrong codes were given, so this account is locked for a while. You can sign in again from ${time} on.`
    : `We have mailed you as many codes as we may for now. You can sign in again from ${time} on.`;
};

/** Cognito puts `<trigger> failed with error <text>.` around what a trigger says. */
const triggerText = (message: string): string =>
  message.replace(/^\w+ failed with error /, '').replace(/([.!?])\.$/, '$1');

/** Of a `UserLambdaValidationException`'s message. */
export const triggerWords = (message: string, now: number): string => {
  const refusal = readRefusal(message);
  return refusal ? describeRefusal(refusal, now) : triggerText(message);
};
