/** verify-auth-challenge's rule on stores in memory. */
import {
  type AnswerRequest,
  checkAnswer,
  type Dependencies,
} from '../../../../services/verify-auth-challenge/check-answer.ts';
import type { Challenge } from '../../../../shared/domain/challenge.ts';
import { deriveCode } from '../../../../shared/domain/code.ts';
import type { Guard } from '../../../../shared/domain/policy.ts';
import { createMeasured } from '../../../support/system/measured.ts';
import { aChallenge, DEFAULT_LIMITS, KEY, NOW, REF, SECOND } from '../../../support/table/challenges.ts';
import { createMemoryStores } from '../../../support/table/memory-stores.ts';

export const MAX_ATTEMPTS = 5;
export const CODE = deriveCode(KEY, REF, 6);
export const WRONG = CODE === '000000' ? '000001' : '000000';

export const aVerifier = (stored: readonly Challenge[] = [aChallenge()], guard?: Guard) => {
  const memory = createMemoryStores(stored, guard);
  const measured = createMeasured();
  const deps = {
    challenges: memory.challenges,
    guards: memory.guards,
    keyFor: async () => {
      memory.calls.push('keyFor');
      return KEY;
    },
    measure: measured.measure,
    now: () => NOW + SECOND,
    limits: { ...DEFAULT_LIMITS, maxAttempts: MAX_ATTEMPTS },
  };
  const check = (changes: Partial<AnswerRequest> = {}, others: Partial<Dependencies> = {}) =>
    checkAnswer(
      { ...deps, ...others },
      {
        ...REF,
        round: 'round-1',
        attempts: 0,
        answer: WRONG,
        requestId: 'request-1',
        claims: {},
        ...changes,
      },
    );
  return { ...memory, memory, deps, measured, check };
};
