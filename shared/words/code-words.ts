/** The texts of the sign-in page and the sign-in command about the code that they ask for: one function for each situation. */
import type { CodeChallenge } from '../messages/public-parameters.ts';
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

/** The text for when no mail was ordered, because the user has had too many. */
const stillWorks = ({ destination, resendAt }: CodeChallenge): string =>
  `The code that went to ${destination} last still works; another mail can be ordered from ${retryTime(resendAt, Date.now())} on.`;

const describeDelivery = (asked: AskedCode): string => {
  const { codeLength, destination, delivery } = asked.challenge;
  const code = `A code of ${codeLength} digits`;
  switch (delivery) {
    case 'SENDING':
      return `${code} is on its way to ${destination}.`;
    case 'DELIVERED':
      return `${code} was mailed to ${destination}. Your mail provider has taken it; if you do not see it, look in the spam folder.`;
    case 'DELAYED':
      return `${code} was mailed to ${destination}. ${delayed(asked)}`;
    default:
      return `${code} was mailed to ${destination}.`;
  }
};

/** Returns undefined if the mail has arrived or may still arrive. */
const mailProblem = (asked: AskedCode): Notice | undefined => {
  const problem = undelivered(asked);
  return problem === undefined ? undefined : bad(problem);
};

/** Returns undefined if no send limit refused the mail. */
const sendLimit = ({ challenge }: AskedCode): Notice | undefined =>
  challenge.limited
    ? plain(`No other mail was sent, because too many were ordered. ${stillWorks(challenge)}`)
    : undefined;

/** The password was right, and the code is asked for the first time. */
export const afterPassword: DescribeCode = (asked) =>
  mailProblem(asked) ?? sendLimit(asked) ?? plain(describeDelivery(asked));

/** The page was loaded again. */
export const afterReload: DescribeCode = (asked) =>
  mailProblem(asked) ?? plain(`Your sign-in goes on where it was. ${describeDelivery(asked)}`);

/** The person gave an answer that was not the code. */
export const afterAnswer: DescribeCode = (asked) => {
  const { challenge, before } = asked;
  const { status, limited, attemptsLeft, destination, codeLength, delivery } = challenge;
  if (status === 'REPLACED') {
    const next = limited ? stillWorks(challenge) : `A new one is on its way to ${destination}.`;
    return bad(
      `That code can no longer be used: it has expired, was used already, or was missed too often. ${next}`,
    );
  }
  const problem = undelivered(asked);
  if (problem !== undefined) return bad(`That is not the code. ${problem}`);
  if (before?.attemptsLeft === attemptsLeft) {
    return bad(`That could not be read as a code. Type the ${codeLength} digits from the mail.`);
  }
  const left = `you have ${count(attemptsLeft, 'try', 'tries')} left`;
  return delivery === 'DELAYED'
    ? bad(`That is not the code; ${left}. ${delayed(asked)}`)
    : bad(`That is not the code. Check the mail and type it again; ${left}.`);
};

/** The person asked for another mail. */
export const afterResend: DescribeCode = (asked) => {
  const { status, destination, deliveryNumber } = asked.challenge;
  const trouble = mailProblem(asked) ?? sendLimit(asked);
  if (trouble !== undefined) return trouble;
  if (status === 'REPLACED') {
    return good(`A new code is on its way to ${destination}. Earlier codes no longer work.`);
  }
  if (deliveryNumber === asked.before?.deliveryNumber) {
    return plain(
      `No other mail was sent yet: the last one was ordered moments ago and goes to ${destination}.`,
    );
  }
  return good(`Another mail with the same code is on its way to ${destination}.`);
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
