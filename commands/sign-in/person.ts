/** Talks to the person at the terminal: says how the sign-in stands, and asks for the code and for a new password. */
import { type CodeChallenge, keepWaiting } from '../../shared/messages/public-parameters.ts';
import {
  afterAnswer,
  afterPassword,
  afterResend,
  describeResendWait,
  type Medium,
} from '../../shared/words/code-words.ts';
import { clockTime } from '../../shared/words/times.ts';
import type { Terminal } from '../common/terminal.ts';
import type { SignInOptions } from './options.ts';
import type { CodeReply, Person } from './sign-in-flow.ts';

const TERMINAL: Medium = { orderAnother: 'type "resend" to order another mail' };

/** The command waits at most this long. No cooldown is longer; only the send limits are. */
const LONGEST_WAIT_MS = 300_000;

/** Returns the function that describes how the challenge stands after this reply. */
const describerOf = (last: CodeReply | undefined) => {
  if (last === undefined) return afterPassword;
  return last === 'resend' ? afterResend : afterAnswer;
};

/**
 * Waits until another mail can be ordered, because a request before that would use up a round and order no mail. Returns
 * false without waiting if the time is far away, because too many mails were ordered.
 */
const awaitResend = async (
  { say, wait }: Pick<Terminal, 'say' | 'wait'>,
  challenge: Pick<CodeChallenge, 'resendAt'>,
): Promise<boolean> => {
  const now = Date.now();
  const when = describeResendWait(challenge, now);
  if (when === undefined) return true;
  const waits = challenge.resendAt - now <= LONGEST_WAIT_MS;
  say(`Another mail is ${when}${waits ? '; waiting …' : '.'}`);
  if (waits) await wait(challenge.resendAt - now);
  return waits;
};

/** `inbox` is the page with the local system's mails; a deployed pool has none. */
export const createPerson = (
  { ask, say, wait }: Pick<Terminal, 'ask' | 'say' | 'wait'>,
  { resend, newPassword }: Pick<SignInOptions, 'resend' | 'newPassword'>,
  inbox: string | undefined,
): Person => {
  let resendFirst = resend;
  let offeredPassword = newPassword;
  let before: CodeChallenge | undefined;

  const tell = (challenge: CodeChallenge, last: CodeReply | undefined) => {
    say(describerOf(last)({ ...TERMINAL, challenge, before }).text);
    if (Number.isFinite(challenge.expiresAt)) {
      say(`The code works until ${clockTime(challenge.expiresAt)}.`);
    }
    if (inbox !== undefined && challenge.status !== 'SAME') say(`The local inbox is ${inbox}`);
  };

  return {
    code: async (challenge, last) => {
      tell(challenge, last);
      const asked = keepWaiting(challenge, before);
      before = asked;
      for (;;) {
        const typed = resendFirst ? 'resend' : await ask('Code (or "resend"): ');
        resendFirst = false;
        if (typed.trim().toLowerCase() !== 'resend') return { answer: typed };
        if (await awaitResend({ say, wait }, asked)) return 'resend';
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
