/** How to say to the person what the service says about the code that it asks for. */
import type { CodeChallenge } from '../../shared/messages/public-parameters.ts';
import { retryTime } from '../../shared/words/retry-time.ts';
import { count } from '../kit/times.ts';

/** After a wrong code the service does not look again at how many mails the user has had; what it said of that still holds. */
export const keepWaiting = (challenge: CodeChallenge, before: CodeChallenge | undefined): CodeChallenge => ({
  ...challenge,
  resendAt: Math.max(challenge.resendAt, before?.resendAt ?? 0),
});

/** `bad`: something has to be done differently. */
export interface Notice {
  readonly tone: 'plain' | 'good' | 'bad';
  readonly text: string;
}

export const plain = (text: string): Notice => ({ tone: 'plain', text });
export const good = (text: string): Notice => ({ tone: 'good', text });
export const bad = (text: string): Notice => ({ tone: 'bad', text });

/** What the person did to get this challenge. `reload`: nothing, the page was loaded again in between. */
export type CodeAction = 'password' | 'code' | 'resend' | 'reload';

/** Why the mail will not arrive, and what to do; undefined where it has arrived or still may. */
const undelivered = ({ delivery, destination }: CodeChallenge): string | undefined => {
  switch (delivery) {
    case 'FAILED':
      return 'The mail with the code could not be sent. Order another mail below, or try again later.';
    case 'REJECTED':
      return 'The mail with the code could not be sent. Order another mail below; if that does not help, contact support.';
    case 'BOUNCED':
      return `The mail came back: ${destination} does not take mail. Please contact support.`;
    case 'SUPPRESSED':
      return `We may not send mail to ${destination}, because earlier mail did not arrive there. Please contact support.`;
    default:
      return undefined;
  }
};

const DELAYED =
  'The mail is delayed, because your mail provider is slow to take it. Please wait, or order another mail below.';

/** No mail was ordered, because the user has had too many. */
const stillWorks = ({ destination, resendAt }: CodeChallenge): string =>
  `The code that went to ${destination} last still works; another mail can be ordered from ${retryTime(resendAt, Date.now())} on.`;

const afterCode = (challenge: CodeChallenge, before: CodeChallenge | undefined): Notice => {
  const { attemptsLeft, destination, codeLength, delivery } = challenge;
  if (challenge.status === 'REPLACED') {
    const next = challenge.sendLimited ? stillWorks(challenge) : `A new one is on its way to ${destination}.`;
    return bad(
      `That code can no longer be used: it has expired, was used already, or was missed too often. ${next}`,
    );
  }
  const problem = undelivered(challenge);
  if (problem !== undefined) return bad(`That is not the code. ${problem}`);
  if (before !== undefined && before.attemptsLeft === attemptsLeft) {
    return bad(`That could not be read as a code. Type the ${codeLength} digits from the mail.`);
  }
  const left = `you have ${count(attemptsLeft, 'try', 'tries')} left`;
  return delivery === 'DELAYED'
    ? bad(`That is not the code; ${left}. ${DELAYED}`)
    : bad(`That is not the code. Check the mail and type it again; ${left}.`);
};

const afterResend = (challenge: CodeChallenge, before: CodeChallenge | undefined): Notice => {
  const { destination, status } = challenge;
  if (status === 'REPLACED') {
    return good(`A new code is on its way to ${destination}. Earlier codes no longer work.`);
  }
  if (before !== undefined && challenge.deliveryNumber === before.deliveryNumber) {
    return plain(
      `No other mail was sent yet: the last one was ordered moments ago and goes to ${destination}.`,
    );
  }
  return good(`Another mail with the same code is on its way to ${destination}.`);
};

const describeDelivery = ({ codeLength, destination, delivery }: CodeChallenge): string => {
  const code = `A code of ${codeLength} digits`;
  switch (delivery) {
    case 'SENDING':
      return `${code} is on its way to ${destination}.`;
    case 'DELIVERED':
      return `${code} was mailed to ${destination}. Your mail provider has taken it; if you do not see it, look in the spam folder.`;
    case 'DELAYED':
      return `${code} was mailed to ${destination}. ${DELAYED}`;
    default:
      return `${code} was mailed to ${destination}.`;
  }
};

/** The sentence above the code field. */
export const describeChallenge = (
  action: CodeAction,
  challenge: CodeChallenge,
  before?: CodeChallenge,
): Notice => {
  if (action === 'code') return afterCode(challenge, before);
  const problem = undelivered(challenge);
  if (problem !== undefined) return bad(problem);
  if (challenge.sendLimited && action !== 'reload') {
    return plain(
      `No other mail was sent, because you have had as many as we may send for now. ${stillWorks(challenge)}`,
    );
  }
  if (action === 'resend') return afterResend(challenge, before);
  const sentence = describeDelivery(challenge);
  return plain(action === 'reload' ? `Your sign-in goes on where it was. ${sentence}` : sentence);
};
