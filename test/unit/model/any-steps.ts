/** Which steps a random sequence is made of, and how often each of them comes. */
import fc from 'fast-check';
import { MINUTE, SECOND } from '../../support/table/challenges.ts';
import { changeAddress, feedback, mail, stranger, sweepStep } from './mail-steps.ts';
import {
  answerFromOldAddress,
  answerStep,
  askHowTheMailStands,
  door,
  guess,
  guessFromTwoTabs,
  resend,
  signIn,
  signInBesideStranger,
  type Where,
} from './sign-in-steps.ts';
import { rotate, type Step, wait } from './step.ts';

/** Mostly the same tab of the same user, so that rounds follow one another; sometimes another tab or user, or lost responses. */
const where: fc.Arbitrary<Where> = fc.record({
  user: fc.constantFrom(0, 0, 0, 1),
  tab: fc.constantFrom(0, 0, 0, 1, 2),
  lost: fc.constantFrom(0, 0, 0, 0, 1, 2),
  ses: fc.constantFrom('takes', 'takes', 'takes', 'takes', 'takes', 'refuses', 'takesUnheard', 'later'),
});

/** A kind of step that is listed twice is twice as likely. */
export const STEPS: fc.Arbitrary<Step>[] = [
  where.map(signIn),
  where.map(signIn),
  where.map(signInBesideStranger),
  where.map((at) => answerStep(at, 'wrong')),
  where.map((at) => answerStep(at, 'wrong')),
  where.map(guess),
  where.map(guessFromTwoTabs),
  where.map((at) => answerStep(at, 'right')),
  where.map((at) => answerStep(at, 'right')),
  where.map((at) => answerStep(at, 'right')),
  where.map((at) => answerStep(at, 'unreadable')),
  fc.tuple(where, fc.constantFrom(0, 31 * SECOND, 61 * SECOND)).map(([at, after]) => resend(at, after)),
  fc.tuple(where, fc.constantFrom(1, 3, 7)).map(([at, times]) => askHowTheMailStands(at, times)),
  fc.constantFrom(...[31 * SECOND, MINUTE, 2 * MINUTE, 6 * MINUTE].map(wait)),
  fc.constant(wait(16 * MINUTE)),
  fc.constantFrom(mail('takes', 1), mail('takes', 2), mail('refuses', 2), mail('takesUnheard', 2)),
  fc.constantFrom(changeAddress(0), changeAddress(1)),
  where.map(answerFromOldAddress),
  fc.constantFrom(door(0, 0), door(0, 1), door(1, 0), door(1, 1)),
  fc.constantFrom(
    ...[feedback('Delivery', 1), feedback('Delivery', 2), feedback('Bounce', 1)],
    ...[stranger(0, 'toAnotherAddress'), stranger(0, 'another'), sweepStep, rotate],
  ),
];
