/** verify-auth-challenge's rule on stores that note what is called. */
import {
  type AnswerRequest,
  checkAnswer,
  type Dependencies,
} from '../../../../services/verify-auth-challenge/check-answer.ts';
import type { Challenge } from '../../../../shared/domain/challenge.ts';
import { deriveCode } from '../../../../shared/domain/code.ts';
import { NO_USER_RECORD, type UserRecord } from '../../../../shared/domain/policy.ts';
import { createMeasured } from '../../../support/system/measured.ts';
import {
  ADDRESS_HASH,
  ADDRESS_KEY,
  aChallenge,
  CLIENT_ID,
  DEFAULT_LIMITS,
  EMAIL,
  KEY,
  NOW,
  REF,
  SECOND,
} from '../../../support/table/challenges.ts';
import { observedStores } from '../../../support/table/observed-stores.ts';

export const MAX_ATTEMPTS = 5;
export const CODE = deriveCode(KEY, REF, 6);
export const WRONG = CODE === '000000' ? '000001' : '000000';

/** The record of a user to whom the challenge was mailed. */
export const USER_RECORD: UserRecord = {
  ...NO_USER_RECORD,
  version: 1,
  orders: { [REF.challengeId]: { 1: NOW } },
  latest: { challengeId: REF.challengeId, delivery: 1, claimedAt: NOW, addressHash: ADDRESS_HASH },
};

/** The wrong answer of the first round. */
export const anAnswerTo = (changes: Partial<AnswerRequest> = {}): AnswerRequest => ({
  ...REF,
  email: EMAIL,
  clientId: CLIENT_ID,
  round: 'round-1',
  attempts: 0,
  answer: WRONG,
  requestId: 'request-1',
  claims: {},
  ...changes,
});

export const aVerifier = async (stored: readonly Challenge[] = [aChallenge()], userRecord = USER_RECORD) => {
  const stores = await observedStores(stored, userRecord);
  const measured = createMeasured();
  const deps = {
    challenges: stores.challenges,
    users: stores.users,
    keyFor: async () => {
      stores.calls.push('keyFor');
      return KEY;
    },
    addressKey: async () => ADDRESS_KEY,
    measure: measured.measure,
    now: () => NOW + SECOND,
    limits: { ...DEFAULT_LIMITS, maxAttempts: MAX_ATTEMPTS },
  };
  const check = (changes: Partial<AnswerRequest> = {}, others: Partial<Dependencies> = {}) =>
    checkAnswer({ ...deps, ...others }, anAnswerTo(changes));
  return { stores, calls: stores.calls, deps, measured, check };
};
