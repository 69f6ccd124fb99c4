/** create-auth-challenge's rule on stores that note what is called. */
import { expect } from 'vitest';
import {
  type CreateRequest,
  createChallenge,
  type IssuedChallenge,
} from '../../../../services/create-auth-challenge/create-challenge.ts';
import type { Challenge } from '../../../../shared/domain/challenge.ts';
import type { UserRecord } from '../../../../shared/domain/policy.ts';
import type { DeliveryInput } from '../../../../shared/messages/delivery.ts';
import type { ChallengeStore } from '../../../../shared/table/challenge-store.ts';
import { createMeasured } from '../../../support/system/measured.ts';
import {
  ADDRESS_HASH,
  aChallengeId,
  DEFAULT_LIMITS,
  NOW,
  SECOND,
  USER_ID,
} from '../../../support/table/challenges.ts';
import { observedStores } from '../../../support/table/observed-stores.ts';

export const CURRENT = aChallengeId();
/** The user record right after the first mail was ordered. */
export const MAILED: UserRecord = {
  version: 3,
  consecutiveFailures: 0,
  sends: [],
  orders: { [CURRENT]: { 1: NOW } },
  latest: { challengeId: CURRENT, delivery: 1, claimedAt: NOW, addressHash: ADDRESS_HASH },
};

interface Situation {
  readonly stored?: readonly Challenge[];
  readonly userRecord?: UserRecord;
  readonly now?: number;
  /** Whether the response to the first write of a replacement is lost, so that the SDK writes again. */
  readonly losesReplacement?: boolean;
}

const writtenTwice = (challenges: ChallengeStore): ChallengeStore => ({
  ...challenges,
  replace: async (ref, fact) => {
    await challenges.replace(ref, fact);
    return challenges.replace(ref, fact);
  },
});

export const aCreator = async ({
  stored = [],
  userRecord,
  now = NOW + 10 * SECOND,
  losesReplacement = false,
}: Situation = {}) => {
  const stores = await observedStores(stored, userRecord);
  const deliveries: DeliveryInput[] = [];
  const measured = createMeasured();
  const deps = {
    challenges: losesReplacement ? writtenTwice(stores.challenges) : stores.challenges,
    users: stores.users,
    readStanding: stores.readStanding,
    startDelivery: async (input: DeliveryInput) => {
      stores.calls.push('startDelivery');
      deliveries.push(input);
    },
    measure: measured.measure,
    now: () => now,
    limits: DEFAULT_LIMITS,
  };
  const ask = (changes: Partial<CreateRequest> = {}) =>
    createChallenge(deps, {
      userId: USER_ID,
      email: 'alice@example.com',
      locale: 'de-AT',
      addressHash: ADDRESS_HASH,
      call: 'answer',
      requestId: 'request-1',
      claims: {},
      ...changes,
    });
  /** Calls the rule. Fails if it refuses. */
  const create = async (changes: Partial<CreateRequest> = {}): Promise<IssuedChallenge> => {
    const answer = await ask(changes);
    return answer.kind === 'issued' ? answer : expect.unreachable(`refused: ${answer.code}`);
  };
  return { stores, calls: stores.calls, deliveries, measured, ask, create };
};
