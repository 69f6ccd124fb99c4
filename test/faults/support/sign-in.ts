/** What an honest user does: reads the mail of the challenge and types its code. */

import type { Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { AwsError } from '../../../local/ground/service.ts';
import { type ChallengeId, expiryOf } from '../../../shared/domain/challenge.ts';
import { LIMITS } from '../../../shared/domain/limits.ts';
import { readPublicParameters } from '../../../shared/messages/public-parameters.ts';
import { codeOf, wrongCode } from '../../support/system/local-system.ts';
import type { Round } from './play/fault-case.ts';
import type { Cognito, Person } from './world/cognito.ts';

/** Milliseconds after which a sign-in does not share the challenge of the one before. */
export const COOLDOWN_MS = LIMITS.resendCooldown.default * 1000 + 500;

/** What the client is told. */
export const shownIn = ({ ChallengeParameters = {} }: Step) => readPublicParameters(ChallengeParameters);

export const isSignedIn = ({ AuthenticationResult }: Step): boolean => AuthenticationResult !== undefined;

/** Waits for the mail of the challenge that the step asks for, and returns its code. Its expiry identifies the challenge. */
export const readCode = async (
  { world }: Round,
  { userId }: Person,
  step: Step,
  patienceMs?: number,
): Promise<string> => {
  const { expiresAt } = shownIn(step);
  const mail = await world.mailbox.find(
    userId,
    ({ tags }) => expiryOf(tags.challenge as ChallengeId, LIMITS.codeLifetime.default) === expiresAt,
    patienceMs,
  );
  return codeOf(mail);
};

/** The step, or the error's name if Cognito refuses. Every other error is thrown on. */
export const orRefusal = async (step: Promise<Step>): Promise<Step | string> => {
  try {
    return await step;
  } catch (error) {
    if (error instanceof AwsError) return error.code;
    throw error;
  }
};

/** Signs in, with `wrong` wrong answers first. Throws Cognito's refusal. */
export const signIn = async (round: Round, cognito: Cognito, person: Person, wrong = 0): Promise<Step> => {
  let step = await cognito.prove(person);
  const code = await readCode(round, person, step);
  for (let answered = 0; answered < wrong; answered += 1) {
    step = await cognito.answer(person, step, wrongCode(code));
  }
  return cognito.answer(person, step, code);
};

/** Signs in until it succeeds, as a user does who is told to try again. Returns how many sign-ins it took. */
export const signInAtLast = async (
  round: Round,
  cognito: Cognito,
  person: Person,
  most: number,
): Promise<number | undefined> => {
  for (let tries = 1; tries <= most; tries += 1) {
    const result = await orRefusal(signIn(round, cognito, person));
    if (typeof result !== 'string' && isSignedIn(result)) return tries;
  }
  return undefined;
};
