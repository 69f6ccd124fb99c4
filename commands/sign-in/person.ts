/** Talks to the person at the terminal: says how the sign-in stands, and asks for the code and for a new password. */

import type { CodeStep } from '../../client/code-step.ts';
import type { CodeNews } from '../../client/news.ts';
import type { AskingForCode } from '../../client/step-state.ts';
import { describeCodeTime, describeResendWait } from '../../client/words/countdown-words.ts';
import type { ServiceClock } from '../../shared/clock/service-clock.ts';
import { bareText } from '../../shared/domain/answer.ts';
import type { Terminal } from '../common/terminal.ts';
import type { SignInOptions } from './options.ts';
import type { Person } from './sign-in-flow.ts';
import { createCodeQuestion, inWords } from './while-waiting.ts';

/** The command waits at most this long. No cooldown is longer; only the send limits are. */
const LONGEST_WAIT_MS = 300_000;

/** While it waits, it compares the clocks again after this time. */
const COMPARE_MS = 1_000;

type Talk = Pick<Terminal, 'ask' | 'say' | 'wait' | 'interrupt' | 'isTyping'>;

/**
 * Waits until another mail can be ordered. Returns false without waiting if the time is far away, because too many mails were
 * ordered.
 */
const awaitResend = async ({ say, wait }: Talk, step: CodeStep, clock?: ServiceClock): Promise<boolean> => {
  const left = () => (step.state.kind === 'code' ? step.state.resendSeconds * 1000 : 0);
  await clock?.compare();
  if (step.state.kind !== 'code' || left() === 0) return true;
  const waits = left() <= LONGEST_WAIT_MS;
  say(`${describeResendWait(step.state.challenge, step.now())}${waits ? ' Waiting …' : ''}`);
  while (waits && left() > 0) {
    await wait(Math.min(left(), COMPARE_MS));
    await clock?.compare();
  }
  return waits;
};

/** Whether a code that the person has not had yet is mailed. */
const isNewCode = (news: CodeNews): boolean =>
  ['codeAsked', 'codeReplaced'].includes(news.kind) || (news.kind === 'mailOrdered' && news.newCode);

/** What the person is told of the step as it is now. */
const tell = ({ say }: Talk, state: AskingForCode, text: string, inbox?: string) => {
  say(text);
  const { challenge, news, codeSeconds } = state;
  const time = codeSeconds === 0 ? undefined : describeCodeTime(state);
  if (time !== undefined && news.kind !== 'notACode' && challenge.status !== 'OVER') say(time);
  if (inbox !== undefined && isNewCode(news)) say(`The local inbox is ${inbox}`);
};

/** `inbox` is the page with the local system's mails; a deployed pool has none. `clock` is the service's, if it can be asked. */
export const createPerson = (
  talk: Talk,
  { resend, newPassword }: Pick<SignInOptions, 'resend' | 'newPassword'>,
  clock?: ServiceClock,
  inbox?: string,
): Person => {
  let resendFirst = resend;
  let offeredPassword = newPassword;

  /** Does what was typed. Returns false if it was not done and the person was told why. */
  const act = async (step: CodeStep, typed: string): Promise<boolean> => {
    const word = bareText(typed).toLowerCase();
    if (word === 'resend' && !(await awaitResend(talk, step, clock))) return false;
    if (word === 'status' && step.state.kind === 'code' && step.state.may.answer && !step.state.may.status) {
      talk.say('How the mail stands cannot be asked any more in this sign-in.');
      return false;
    }
    if (word === 'resend') await step.resend();
    else if (word === 'status') await step.askStatus();
    else await step.answer(typed);
    return true;
  };

  return {
    code: async (step) => {
      const askForCode = createCodeQuestion(talk, step);
      let isTold = false;
      for (;;) {
        await clock?.compare();
        const { state } = step;
        if (state.kind !== 'code') return state;
        // Where nothing came of what was typed, what was said before holds and is said again.
        if (!isTold) tell(talk, state, inWords(state, step.now()), inbox);
        const typed = resendFirst ? 'resend' : await askForCode();
        resendFirst = false;
        isTold = typed !== undefined && !(await act(step, typed));
      }
    },
    isTyping: talk.isTyping,
    newPassword: async (problem) => {
      if (problem !== undefined) talk.say(problem);
      const offered = offeredPassword;
      offeredPassword = undefined;
      return offered ?? talk.ask('Choose a new password: ', { hidden: true });
    },
  };
};
