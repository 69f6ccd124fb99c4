/** Takes a sign-in to the end of its challenge with wrong answers. */
import type { Step } from '../../../../commands/sign-in/sign-in-flow.ts';
import { LIMITS } from '../../../../shared/domain/limits.ts';
import type { TestSystem, TestUser } from '../../system/local-system.ts';
import { answerCode } from '../answer-code.ts';

export interface Started {
  readonly user: TestUser;
  readonly step: Step;
}

/** Answers until no attempt of the challenge is left. */
export const useUp = async (system: TestSystem, { user, step }: Started, wrong: string): Promise<void> => {
  let round = step;
  for (let attempt = 0; attempt < LIMITS.maxAttempts.default; attempt += 1) {
    round = await answerCode(system.client, user, round, wrong);
  }
};
