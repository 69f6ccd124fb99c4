/** Short words for the steps of lives that are written by hand, mostly of one user in one tab. */
import { SECOND } from '../../support/table/challenges.ts';
import {
  answerStep,
  guess as guessStep,
  resend as resendStep,
  signIn as signInStep,
  type Where,
} from './sign-in-steps.ts';
import type { Step } from './step.ts';

export const HERE: Where = { user: 0, tab: 0, lost: 0, ses: 'takes' };
export const OTHER_USER: Where = { ...HERE, user: 1 };
/** What SES does with the mails that are ordered here. */
export const refusing: Where = { ...HERE, ses: 'refuses' };
export const unheard: Where = { ...HERE, ses: 'takesUnheard' };
export const lost = (answers: number, where = HERE): Where => ({ ...where, lost: answers });

export const signIn = (where = HERE): Step => signInStep(where);
export const right = (where = HERE): Step => answerStep(where, 'right');
export const wrong = (where = HERE): Step => answerStep(where, 'wrong');
/** Uses a round and counts no attempt, so it shows what create does with the challenge as it is. */
export const unreadable = (where = HERE): Step => answerStep(where, 'unreadable');
/** With the small limits, three wrong codes for one challenge and two for the next lock the user. */
export const guess = (where = HERE): Step => guessStep(where);
export const resend = (after: number, where = HERE): Step => resendStep(where, after * SECOND);
