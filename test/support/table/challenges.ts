/** Builders of challenges and the rest of the domain. All values are fixed, so that a failure shows the same ones each time. */
import { createSecretKey } from 'node:crypto';
import { hashAddress } from '../../../shared/domain/address-hash.ts';
import type { Challenge, ChallengeId, Fact } from '../../../shared/domain/challenge.ts';
import type { Limits } from '../../../shared/domain/limits.ts';
import { addOrder } from '../../../shared/domain/orders.ts';
import { NO_USER_RECORD, type UserRecord } from '../../../shared/domain/policy.ts';
import type { Answer, ChallengeRequest, LeaseClaim } from '../../../shared/table/challenge-store.ts';
import type { ClaimedDelivery } from '../../../shared/table/user-store.ts';

/** The time at which the tests take place. */
export const NOW = Date.UTC(2025, 0, 15, 12);

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

export const USER_ID = '0e9d5b0a-7c0f-4b3c-9a53-2d1f6f2b7c11';

const KEY_TEXT = 'test-key-'.padEnd(64, 'x');
export const KEY = createSecretKey(KEY_TEXT, 'utf8');
export const ADDRESS_KEY = createSecretKey('address-key-'.padEnd(64, 'x'), 'utf8');

/** The test user's address, and the hash that stands for it. */
export const EMAIL = 'alice@example.com';
export const ADDRESS_HASH = hashAddress(ADDRESS_KEY, EMAIL);

/** The app client that the test user signs in through. */
export const CLIENT_ID = 'client-of-the-app';

/** The n-th challenge id of a moment, a UUIDv7 with a counter where the random bits would be. */
export const aChallengeId = (n = 0, at = NOW): ChallengeId => {
  const time = at.toString(16).padStart(12, '0');
  const tail = n.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}` as ChallengeId;
};

export const aFact = (at = NOW, details: Readonly<Record<string, string | number>> = {}): Fact => ({
  at: new Date(at).toISOString(),
  by: 'test',
  ...details,
});

/** A live challenge whose first mail was ordered at its creation. */
export const aChallenge = (changes: Partial<Challenge> = {}): Challenge => ({
  challengeId: aChallengeId(),
  userId: USER_ID,
  recipient: 'a***@e***.com',
  addressHash: ADDRESS_HASH,
  expiresAt: NOW + 5 * MINUTE,
  attempts: 0,
  events: { '1#REQUESTED': aFact() },
  ...changes,
});

/** The default limits; times are in seconds. */
export const DEFAULT_LIMITS: Limits = {
  codeLength: 6,
  codeLifetime: 300,
  resendCooldown: 30,
  laterResendCooldown: 60,
  sendsPerWindow: 5,
  sendsPerDay: 20,
  ordersPerWindow: 60,
  ordersPerDay: 200,
  maxAttempts: 5,
  maxRounds: 8,
  statusRounds: 12,
  reportLock: 15 * 60,
  auditRetention: 400 * 86_400,
  lockThreshold: 20,
  lockDuration: 900,
  maxFailures: 100,
};

/** The test user's first challenge. The builders below are about it. */
export const REF = { userId: USER_ID, challengeId: aChallengeId() };

/** The order of the challenge's first mail. */
export const aRequest = (changes: Partial<ChallengeRequest> = {}): ChallengeRequest => ({
  ...REF,
  delivery: 1,
  recipient: 'a***@e***.com',
  addressHash: ADDRESS_HASH,
  attempts: 0,
  codeLifetime: 300,
  auditRetention: 86_400,
  fact: aFact(),
  ...changes,
});

/** The decision to order a mail of the test user, on this user record. */
export const aClaimedDelivery = (
  userRecord: UserRecord = NO_USER_RECORD,
  changes: Partial<Pick<ClaimedDelivery, 'challengeId' | 'delivery' | 'addressHash' | 'now'>> = {},
): ClaimedDelivery => {
  const claim = {
    challengeId: REF.challengeId,
    delivery: 1,
    addressHash: ADDRESS_HASH,
    now: NOW,
    ...changes,
  };
  return { kind: 'claim', ...claim, ordered: addOrder(userRecord, claim, claim.now) };
};

/** An answer a second after the challenge's creation, of three that are allowed. */
export const anAnswer = (changes: Partial<Answer> = {}): Answer => ({
  ...REF,
  round: 'round-1',
  addressHash: ADDRESS_HASH,
  now: NOW + SECOND,
  maxAttempts: 3,
  fact: aFact(changes.now ?? NOW + SECOND, { round: changes.round ?? 'round-1', request: 'request-1' }),
  ...changes,
});

/** A claim to send the first mail for half a minute. */
export const aClaim = (changes: Partial<LeaseClaim> = {}): LeaseClaim => {
  const now = changes.now ?? NOW + SECOND;
  return {
    ...REF,
    delivery: 1,
    addressHash: ADDRESS_HASH,
    owner: 'invocation-1',
    try: 'execution-1#0',
    now,
    until: now + 30 * SECOND,
    ...changes,
  };
};
