/** The texts of the sign-in page and the sign-in command about the code that they ask for: one function for each situation. */
import type { CodeChallenge } from '../messages/public-parameters.ts';
import { LIMIT_WORDS } from './limit-words.ts';
import { bad, good, type Notice, plain } from './notice.ts';
import { count, countdown, retryTime } from './times.ts';

/**
 * The texts in which the page and the terminal differ. `orderAnother` says how another mail is ordered, for instance
 * `order another mail below`.
 */
export interface Medium {
  readonly orderAnother: string;
}

export interface AskedCode extends Medium {
  readonly challenge: CodeChallenge;
  /** The challenge of the round before, if there was one. */
  readonly before?: CodeChallenge | undefined;
  /** The service's time in epoch milliseconds. */
  readonly now: number;
}

/** Describes one situation to the person. */
export type DescribeCode = (asked: AskedCode) => Notice;

const asSentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Says why the mail will not arrive, and what to do. Returns undefined if it has arrived or may still arrive. */
const undelivered = ({ challenge, orderAnother }: AskedCode): string | undefined => {
  const { delivery, destination } = challenge;
  switch (delivery) {
    case 'FAILED':
      return `The mail with the code could not be sent. ${asSentence(orderAnother)}, or try again later.`;
    case 'REJECTED':
      return `The mail with the code could not be sent. ${asSentence(orderAnother)}; if that does not help, contact support.`;
    case 'BOUNCED':
      return `The mail came back: ${destination} does not take mail. Please contact support.`;
    case 'SUPPRESSED':
      return `We may not send mail to ${destination}, because earlier mail did not arrive there. Please contact support.`;
    default:
      return undefined;
  }
};

const delayed = ({ orderAnother }: Medium): string =>
  `The mail is delayed, because your mail provider is slow to take it. Please wait, or ${orderAnother}.`;

/** The text for when no mail was ordered, because too many were. */
const stillWorks = ({ challenge: { destination, resendAt }, now }: AskedCode): string =>
  `The code that went to ${destination} last still works; another mail can be ordered from ${retryTime(resendAt, now)} on.`;

/** `what` is the mail that is spoken of, for instance `A new code`. */
const describeDelivery = (asked: AskedCode, what: string): string => {
  const { destination, delivery } = asked.challenge;
  switch (delivery) {
    case 'SENDING':
      return `${what} is on its way to ${destination}.`;
    case 'DELIVERED':
      return `${what} was mailed to ${destination}. Your mail provider has taken it; if you do not see it, look in the spam folder.`;
    case 'DELAYED':
      return `${what} was mailed to ${destination}. ${delayed(asked)}`;
    default:
      return `${what} was mailed to ${destination}.`;
  }
};

const aCode = ({ challenge }: AskedCode): string => `A code of ${challenge.codeLength} digits`;

/** Returns undefined if the mail has arrived or may still arrive. */
const mailProblem = (asked: AskedCode): Notice | undefined => {
  const problem = undelivered(asked);
  return problem === undefined ? undefined : bad(problem);
};

/** Returns undefined if no limit refused the mail. */
const limitReached = (asked: AskedCode): Notice | undefined => {
  const { limited } = asked.challenge;
  return limited && plain(`No other mail was sent, because ${LIMIT_WORDS[limited]}. ${stillWorks(asked)}`);
};

/** Returns nothing if the lock is not near. */
const nearLock = ({ challenge: { triesUntilLock } }: AskedCode): string =>
  triesUntilLock === undefined
    ? ''
    : ` Take care: ${count(triesUntilLock, 'more wrong code locks', 'more wrong codes lock')} your account.`;

const warned = (asked: AskedCode, { tone, text }: Notice): Notice => ({
  tone,
  text: `${text}${nearLock(asked)}`,
});

/** The password was right, and the code is asked for the first time. */
export const afterPassword: DescribeCode = (asked) =>
  warned(asked, mailProblem(asked) ?? limitReached(asked) ?? plain(describeDelivery(asked, aCode(asked))));

/** The page was loaded again. */
export const afterReload: DescribeCode = (asked) =>
  mailProblem(asked) ?? plain(`Your sign-in goes on where it was. ${describeDelivery(asked, aCode(asked))}`);

/** The person's clock may be behind the service's by as much: it shows whole seconds, and an answer takes its time. */
const CLOCK_ERROR_MS = 2_000;

/**
 * Why a code has ended, of which `tries` were left. That the address has changed does not always show: the challenge keeps the
 * mask of the old one, and two addresses can have the same mask.
 */
const whyEnded = (expiresAt: number, tries: number, now: number): string => {
  if (expiresAt <= now + CLOCK_ERROR_MS) return 'it has expired';
  if (tries <= 0) return 'it was missed too often';
  return 'it was used already or ended elsewhere (in another window, on another device), or your email address has changed';
};

/** Why the code of the round before has ended. The client knows this best: it has seen that code's times and tries. */
const whyOver = ({ challenge, before, now }: AskedCode): string => {
  if (before === undefined) return 'it has ended';
  if (before.destination !== challenge.destination) return 'your email address has changed';
  return whyEnded(before.expiresAt, before.attemptsLeft - 1, now);
};

/** What to do now that the code has ended. */
const whatNext = (asked: AskedCode): string => {
  if (asked.challenge.limited) return stillWorks(asked);
  return (
    undelivered(asked) ??
    `${describeDelivery(asked, 'A new one')} Use the newest mail; earlier codes no longer work.`
  );
};

/** How many tries are left: for this code and, if that is near, until the account is locked. */
const describeTries = ({
  attemptsLeft,
  triesUntilLock = Number.POSITIVE_INFINITY,
}: CodeChallenge): string => {
  if (triesUntilLock <= attemptsLeft) {
    return `${count(triesUntilLock, 'more wrong code locks', 'more wrong codes lock')} your account`;
  }
  const left = `you have ${count(attemptsLeft, 'try', 'tries')} left`;
  return Number.isFinite(triesUntilLock)
    ? `${left}, and ${triesUntilLock} until your account is locked`
    : left;
};

/** The person gave an answer that was not the code. */
export const afterAnswer: DescribeCode = (asked) => {
  const { challenge, before } = asked;
  const { status, attemptsLeft, codeLength, delivery } = challenge;
  if (status === 'REPLACED') {
    return warned(asked, bad(`That code can no longer be used: ${whyOver(asked)}. ${whatNext(asked)}`));
  }
  const problem = undelivered(asked);
  if (problem !== undefined) return warned(asked, bad(`That is not the code. ${problem}`));
  if (before?.attemptsLeft === attemptsLeft) return bad(unreadable(codeLength));
  const tries = describeTries(challenge);
  return delivery === 'DELAYED'
    ? bad(`That is not the code; ${tries}. ${delayed(asked)}`)
    : bad(`That is not the code. Type the one in the newest mail; ${tries}.`);
};

/** The text for what cannot be a code, which is not sent, because each answer uses up a round. */
export const unreadable = (codeLength: number): string =>
  `That could not be read as a code. Type the ${codeLength} digits from the mail.`;

/** The person asked for another mail. */
export const afterResend: DescribeCode = (asked) => {
  const { status, destination, deliveryNumber } = asked.challenge;
  const trouble = mailProblem(asked) ?? limitReached(asked);
  if (trouble !== undefined) return trouble;
  if (status === 'REPLACED') {
    return good(`${describeDelivery(asked, 'A new code')} Earlier codes no longer work.`);
  }
  if (deliveryNumber === asked.before?.deliveryNumber) {
    return plain(
      `No other mail was sent yet: the last one was ordered moments ago and goes to ${destination}.`,
    );
  }
  return good(describeDelivery(asked, 'Another mail with the same code'));
};

/** The person asked how the mail stands. Nothing was ordered, and this is what the trail says now. */
export const afterStatus: DescribeCode = (asked) => {
  const { challenge, now, orderAnother } = asked;
  if (challenge.status === 'OVER') {
    const why = whyEnded(challenge.expiresAt, challenge.attemptsLeft, now);
    return bad(
      `That code can no longer be used: ${why}. ${asSentence(orderAnother)}; it will bring a new code.`,
    );
  }
  return mailProblem(asked) ?? plain(describeDelivery(asked, aCode(asked)));
};

type Resend = Pick<CodeChallenge, 'resendAt'>;

/** The code expired before the person gave an answer. */
export const afterExpiry = ({ resendAt }: Resend, { orderAnother }: Medium, now: number): Notice =>
  resendAt > now
    ? bad(
        `The code has expired. Another mail, with a new code, can be ordered from ${retryTime(resendAt, now)} on.`,
      )
    : bad(`The code has expired. ${asSentence(orderAnother)}; it will bring a new code.`);

/** A longer countdown could be mistaken for a time of day. */
const LONGEST_COUNTDOWN_MS = 600_000;

/** Says when another mail is possible. Returns undefined if it is possible now. */
export const describeResendWait = ({ resendAt }: Resend, now: number): string | undefined => {
  if (resendAt - now > LONGEST_COUNTDOWN_MS) return `possible from ${retryTime(resendAt, now)} on`;
  const left = countdown(resendAt, now);
  return left === undefined ? undefined : `possible in ${left}`;
};
