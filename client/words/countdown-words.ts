/** Says how long the code works, and when a new mail can be ordered. */
import type { CodeChallenge } from '../../shared/messages/public-parameters.ts';
import { countdown, retryTime } from '../../shared/words/times.ts';
import type { AskingForCode } from '../step-state.ts';
import { ENGLISH } from './english.ts';
import { fillSentence, type Wording } from './wording.ts';

/** A longer countdown could be mistaken for a time of day. */
const LONGEST_COUNTDOWN_MS = 600_000;

/** Says when a new mail is possible. Returns undefined if it is possible now. `now` is `step.now()`. */
export const describeResendWait = (
  { resendAt }: Pick<CodeChallenge, 'resendAt'>,
  now: number,
  wording: Wording = ENGLISH,
): string | undefined => {
  const { language, words } = wording;
  if (resendAt - now > LONGEST_COUNTDOWN_MS)
    return fillSentence(words.order.from, { time: retryTime(resendAt, now, language) });
  const left = countdown(resendAt, now);
  return left === undefined ? undefined : fillSentence(words.order.in, { countdown: left });
};

/** Says how long the code works, or that it has expired. Returns undefined if that is not known. */
export const describeCodeTime = (
  { codeSeconds }: Pick<AskingForCode, 'codeSeconds'>,
  wording: Wording = ENGLISH,
): string | undefined => {
  const { code } = wording.words;
  if (codeSeconds === 0) return code.expired;
  const left = countdown((codeSeconds ?? Number.NaN) * 1000, 0);
  return left === undefined ? undefined : fillSentence(code.left, { countdown: left });
};
