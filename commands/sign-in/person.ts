/** Talks to the person at the terminal: says how the sign-in stands, and asks for the code and for a new password. */

import type { ServiceClock } from '../../shared/clock/service-clock.ts';
import { bareText, readAnswer } from '../../shared/domain/answer.ts';
import { type CodeChallenge, keepWaiting } from '../../shared/messages/public-parameters.ts';
import {
  afterAnswer,
  afterPassword,
  afterResend,
  afterStatus,
  describeResendWait,
  type Medium,
  unreadable,
} from '../../shared/words/code-words.ts';
import { countdown } from '../../shared/words/times.ts';
import type { Terminal } from '../common/terminal.ts';
import type { SignInOptions } from './options.ts';
import type { CodeReply, Person } from './sign-in-flow.ts';

const TERMINAL: Medium = { orderAnother: 'type "resend" to order another mail' };

/** The command waits at most this long. No cooldown is longer; only the send limits are. */
const LONGEST_WAIT_MS = 300_000;

/** While it waits, it compares the clocks again after this time. */
const COMPARE_MS = 1_000;

/** Returns the function that describes how the challenge stands after this reply. */
const describerOf = (last: CodeReply | undefined) => {
  if (last === undefined) return afterPassword;
  if (last === 'status') return afterStatus;
  return last === 'resend' ? afterResend : afterAnswer;
};

/**
 * Waits until another mail can be ordered, because a request before that would use up a round and order no mail. Returns
 * false without waiting if the time is far away, because too many mails were ordered.
 */
const awaitResend = async (
  { say, wait }: Pick<Terminal, 'say' | 'wait'>,
  challenge: Pick<CodeChallenge, 'resendAt'>,
  clock: ServiceClock,
): Promise<boolean> => {
  const left = () => challenge.resendAt - clock.now();
  await clock.compare();
  const when = describeResendWait(challenge, clock.now());
  if (when === undefined) return true;
  const waits = left() <= LONGEST_WAIT_MS;
  say(`Another mail is ${when}${waits ? '; waiting …' : '.'}`);
  while (waits && left() > 0) {
    await wait(Math.min(left(), COMPARE_MS));
    await clock.compare();
  }
  return waits;
};

/** `inbox` is the page with the local system's mails; a deployed pool has none. */
export const createPerson = (
  { ask, say, wait }: Pick<Terminal, 'ask' | 'say' | 'wait'>,
  { resend, newPassword }: Pick<SignInOptions, 'resend' | 'newPassword'>,
  clock: ServiceClock,
  inbox?: string,
): Person => {
  let resendFirst = resend;
  let offeredPassword = newPassword;
  let before: CodeChallenge | undefined;

  const tell = async (challenge: CodeChallenge, last: CodeReply | undefined) => {
    await clock.compare();
    const now = clock.now();
    say(describerOf(last)({ ...TERMINAL, challenge, before, now }).text);
    const left = countdown(challenge.expiresAt, now);
    if (left !== undefined && challenge.status !== 'OVER') say(`The code works for another ${left}.`);
    if (inbox !== undefined && (challenge.status === 'NEW' || challenge.status === 'REPLACED'))
      say(`The local inbox is ${inbox}`);
  };

  return {
    code: async (challenge, last) => {
      await tell(challenge, last);
      const asked = keepWaiting(challenge, before);
      before = asked;
      for (;;) {
        const typed = resendFirst ? 'resend' : await ask('Code (or "resend" or "status"): ');
        resendFirst = false;
        const word = bareText(typed).toLowerCase();
        if (word === 'status') return 'status';
        if (word === 'resend') {
          if (await awaitResend({ say, wait }, asked, clock)) return 'resend';
        } else {
          const code = readAnswer(typed, asked.codeLength);
          if (code !== undefined) return { answer: code };
          say(unreadable(asked.codeLength));
        }
      }
    },
    newPassword: async (problem) => {
      if (problem !== undefined) say(problem);
      const offered = offeredPassword;
      offeredPassword = undefined;
      return offered ?? ask('Choose a new password: ', { hidden: true });
    },
  };
};
