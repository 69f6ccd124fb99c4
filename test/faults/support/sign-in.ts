/** What an honest user does, with patience: reads the newest mail, types its code, and starts again where that failed. */
import { AwsError } from '../../../infra/local/service.ts';
import type { Step } from '../../../services/cli/sign-in-flow.ts';
import { codeOf, wrongCode } from '../../support/local-system.ts';
import type { Cognito, Person } from './cognito.ts';
import type { Round } from './fault-case.ts';

export const isSignedIn = ({ AuthenticationResult }: Step): boolean => AuthenticationResult !== undefined;

/** The code of the user's newest mail, once there is one. */
export const readCode = async ({ world }: Round, { userId }: Person, mails = 1): Promise<string> =>
  codeOf(await world.mailbox.newest(userId, mails));

/** The step, or the error's name where Cognito refuses. Whatever else is thrown is thrown on. */
export const orRefusal = async (step: Promise<Step>): Promise<Step | string> => {
  try {
    return await step;
  } catch (error) {
    if (error instanceof AwsError) return error.code;
    throw error;
  }
};

/** One sign-in with `wrong` wrong answers first. Throws what Cognito refuses. */
export const signIn = async (round: Round, cognito: Cognito, person: Person, wrong = 0): Promise<Step> => {
  let step = await cognito.prove(person);
  const code = await readCode(round, person);
  for (let answered = 0; answered < wrong; answered += 1) {
    step = await cognito.answer(person, step, wrongCode(code));
  }
  return cognito.answer(person, step, code);
};
