/** Which steps a random sequence is made of, and how often each of them comes. */
import fc from 'fast-check';
import { MINUTE, SECOND } from '../../support/table/challenges.ts';
import {
  answerStep,
  door,
  feedback,
  guess,
  mail,
  resend,
  rotate,
  type Step,
  signIn,
  sweepStep,
  type Where,
  wait,
} from './steps.ts';

/** Mostly the same tab of the same user, so that rounds follow one another; sometimes another tab or user, or lost responses. */
const where: fc.Arbitrary<Where> = fc.record({
  user: fc.constantFrom(0, 0, 0, 1),
  tab: fc.constantFrom(0, 0, 1),
  lost: fc.constantFrom(0, 0, 0, 0, 1, 2),
  prompt: fc.constantFrom(true, true, true, false),
});

/** A kind of step that is listed twice is twice as likely. */
export const STEPS: fc.Arbitrary<Step>[] = [
  where.map(signIn),
  where.map(signIn),
  where.map((at) => answerStep(at, 'wrong')),
  where.map((at) => answerStep(at, 'wrong')),
  where.map((at) => answerStep(at, 'wrong')),
  where.map(guess),
  where.map((at) => answerStep(at, 'right')),
  where.map((at) => answerStep(at, 'right')),
  where.map((at) => answerStep(at, 'unreadable')),
  fc.tuple(where, fc.constantFrom(0, 31 * SECOND, 61 * SECOND)).map(([at, after]) => resend(at, after)),
  fc.constantFrom(...[31 * SECOND, MINUTE, 2 * MINUTE, 6 * MINUTE, 16 * MINUTE, 16 * MINUTE].map(wait)),
  fc.constantFrom(mail('takes', 1), mail('takes', 2), mail('refuses', 1)),
  fc.constantFrom(
    ...[feedback('Delivery', 1), feedback('Delivery', 2), feedback('Bounce', 1)],
    ...[sweepStep, rotate, door(0), door(1)],
  ),
];
