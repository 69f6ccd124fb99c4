/** Explains to the person who signs in why a sign-in is refused or has failed. */
import { passwordRule } from '../../shared/words/password-words.ts';
import { retryTime } from '../../shared/words/times.ts';
import type { ProblemCode, SignInProblem } from '../problem.ts';
import { ENGLISH } from './english.ts';
import { fillSentence, joinSentences, type Wording } from './wording.ts';

/** After these, whoever signs in again may get further. */
const AGAIN: readonly ProblemCode[] = [
  'sessionUsed',
  'sessionExpired',
  'sessionOver',
  'sessionUnknown',
  'stepForgotten',
  'tooManyRounds',
  'ended',
  'tooSlow',
  'failed',
  'unknown',
];

/** Returns the text for the person. `now` is the service's time in epoch milliseconds. */
export const describeProblem = (
  { code, detail = '', retryAt = Infinity }: SignInProblem,
  now: number,
  wording: Wording = ENGLISH,
): string => {
  const { language, words } = wording;
  const { problem, password, step } = words;
  if (code === 'passwordNotAllowed') return password[passwordRule(detail)];
  if (code === 'locked' && !Number.isFinite(retryAt)) return problem.lockedForGood;
  const said = fillSentence(problem[code], { reason: detail, step: detail });
  if (Number.isFinite(retryAt))
    return joinSentences(said, fillSentence(step.signInFrom, { time: retryTime(retryAt, now, language) }));
  return AGAIN.includes(code) ? joinSentences(said, step.signInAgain) : said;
};
