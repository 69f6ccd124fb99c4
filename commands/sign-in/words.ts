/** What the sign-in command says of the code that it asks for. */
import type { CodeChallenge } from '../../shared/messages/public-parameters.ts';
import { retryTime } from '../../shared/words/retry-time.ts';
import { describeProblem } from './delivery-problem.ts';
import type { CodeReply } from './sign-in-flow.ts';

/** In the person's own manner of writing times. */
export const time = (at: number): string => (Number.isNaN(at) ? 'soon' : new Date(at).toLocaleTimeString());

/** No mail was ordered, because the user has had too many. */
const describeSendLimit = ({ status, destination, expiresAt, resendAt }: CodeChallenge): string => {
  const replaced = status === 'REPLACED' ? 'That code is no longer valid. ' : '';
  const from = retryTime(resendAt, Date.now());
  return `${replaced}No other mail was sent, because you have had as many as may be sent for now. The code that went to ${destination} last works until ${time(expiresAt)}; another mail can be ordered from ${from} on.`;
};

const describeResend = (challenge: CodeChallenge, before: CodeChallenge | undefined): string => {
  const { destination, deliveryNumber, expiresAt } = challenge;
  const until = `the code works until ${time(expiresAt)}`;
  return deliveryNumber === before?.deliveryNumber
    ? `No other mail was sent yet: the last one was ordered moments ago and goes to ${destination}; ${until}.`
    : `Mail ${deliveryNumber} with the same code goes to ${destination}; ${until}.`;
};

const describeWrong = (
  { attemptsLeft, codeLength, expiresAt }: CodeChallenge,
  before: CodeChallenge | undefined,
): string =>
  attemptsLeft === before?.attemptsLeft
    ? `That could not be read as a code. Type the ${codeLength} digits from the mail.`
    : `That is not the code. The one that was mailed still works until ${time(expiresAt)}; tries left: ${attemptsLeft}.`;

/** What the person has to know before the next answer. `last` was replied to the challenge `before`. */
export const describeChallenge = (
  challenge: CodeChallenge,
  last?: CodeReply,
  before?: CodeChallenge,
): string => {
  const { destination, attemptsLeft, expiresAt } = challenge;
  const until = `it works until ${time(expiresAt)}`;
  const problem = describeProblem(challenge.delivery);
  if (problem !== undefined) {
    const wrong = challenge.status === 'SAME' && last !== 'resend';
    return wrong ? `That is not the code; tries left: ${attemptsLeft}. ${problem}` : problem;
  }
  if (challenge.sendLimited) return describeSendLimit(challenge);
  if (challenge.status === 'NEW') return `A code is on its way to ${destination}; ${until}.`;
  if (challenge.status === 'REPLACED') {
    return `The last code is no longer valid. A new one is on its way to ${destination}; ${until}.`;
  }
  return last === 'resend' ? describeResend(challenge, before) : describeWrong(challenge, before);
};
