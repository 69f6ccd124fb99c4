/** create-auth-challenge's rule on stores in memory. */
import { expect } from 'vitest';
import {
  type ChallengeRequest,
  createChallenge,
  type IssuedChallenge,
} from '../../../../services/create-auth-challenge/create-challenge.ts';
import type { DeliveryInput } from '../../../../services/create-auth-challenge/start-delivery.ts';
import type { Challenge } from '../../../../shared/domain/challenge.ts';
import type { Guard } from '../../../../shared/domain/policy.ts';
import { createMeasured } from '../../../support/system/measured.ts';
import { aChallengeId, DEFAULT_LIMITS, NOW, SECOND, USER_ID } from '../../../support/table/challenges.ts';
import { createMemoryStores } from '../../../support/table/memory-stores.ts';

export const CURRENT = aChallengeId();
/** What the guard knows right after the first mail was ordered. */
export const MAILED: Guard = {
  version: 3,
  consecutiveFailures: 0,
  sends: [NOW],
  latest: { challengeId: CURRENT, delivery: 1, claimedAt: NOW },
};

interface Situation {
  readonly stored?: readonly Challenge[];
  readonly guard?: Guard;
  readonly now?: number;
}

export const aCreator = ({ stored = [], guard, now = NOW + 10 * SECOND }: Situation = {}) => {
  const memory = createMemoryStores(stored, guard);
  const deliveries: DeliveryInput[] = [];
  const measured = createMeasured();
  const deps = {
    challenges: memory.challenges,
    guards: memory.guards,
    startDelivery: async (input: DeliveryInput) => {
      memory.calls.push('startDelivery');
      deliveries.push(input);
    },
    measure: measured.measure,
    now: () => now,
    limits: DEFAULT_LIMITS,
  };
  const ask = (changes: Partial<ChallengeRequest> = {}) =>
    createChallenge(deps, {
      userId: USER_ID,
      email: 'alice@example.com',
      locale: 'de-AT',
      resend: false,
      requestId: 'request-1',
      claims: {},
      ...changes,
    });
  /** Where a challenge is expected. */
  const create = async (changes: Partial<ChallengeRequest> = {}): Promise<IssuedChallenge> => {
    const answer = await ask(changes);
    return answer.kind === 'issued' ? answer : expect.unreachable(`refused: ${answer.code}`);
  };
  return { memory, calls: memory.calls, deliveries, measured, ask, create };
};
