import type { CreateAuthChallengeTriggerEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import type { IssuedChallenge } from '../../../../services/create-auth-challenge/create-challenge.ts';
import { writeChallenge } from '../../../../services/create-auth-challenge/write-challenge.ts';
import { deriveCode } from '../../../../shared/domain/code.ts';
import { readPrivateParameters } from '../../../../shared/messages/private-parameters.ts';
import { readPublicParameters } from '../../../../shared/messages/public-parameters.ts';
import { readSessionMetadata } from '../../../../shared/messages/session-metadata.ts';
import { aChallenge, aChallengeId, KEY, MINUTE, NOW, REF } from '../../../support/table/challenges.ts';

const EVENT = {
  version: '1',
  triggerSource: 'CreateAuthChallenge_Authentication',
  request: { userAttributes: { email: 'alice@example.com' }, challengeName: 'CUSTOM_CHALLENGE', session: [] },
  response: { publicChallengeParameters: { left: 'over' } },
} as unknown as CreateAuthChallengeTriggerEvent;

const SHOWN = {
  codeLength: 6,
  maxAttempts: 5,
  round: 'round-1',
  afterStatus: false,
  statusesLeft: 12,
  now: NOW,
  sessionValiditySeconds: 600,
};

const write = (changes: Partial<IssuedChallenge> = {}, shown: Partial<typeof SHOWN> = {}) =>
  writeChallenge(
    EVENT,
    {
      kind: 'issued',
      challenge: aChallenge({ attempts: 2 }),
      status: 'NEW',
      delivery: 1,
      deliveryStatus: 'SENDING',
      resendAt: NOW + 30_000,
      limited: undefined,
      triesUntilLock: undefined,
      notice: undefined,
      ...changes,
    },
    { ...SHOWN, ...shown },
  );

test('tells the client all it may show', () => {
  const { response } = write();

  expect(readPublicParameters(response.publicChallengeParameters)).toEqual({
    now: NOW,
    statusesLeft: 12,
    status: 'NEW',
    destination: 'a***@e***.com',
    codeLength: 6,
    attemptsLeft: 3,
    expiresAt: NOW + 5 * MINUTE,
    resendAt: NOW + 30_000,
    delivery: 'SENDING',
    deliveryNumber: 1,
  });
});

test('tells verify which challenge is answered, in which round, after how many attempts', () => {
  const { response } = write();

  expect(readPrivateParameters(response.privateChallengeParameters)).toEqual({
    challengeId: aChallengeId(),
    round: 'round-1',
    attempts: 2,
  });
});

test('leaves a reference in the session and never a code', () => {
  const { response } = write();

  expect(readSessionMetadata(response.challengeMetadata)?.challengeId).toBe(aChallengeId());
  expect(JSON.stringify(response)).not.toContain(deriveCode(KEY, REF, 6));
});

test('writes the full address nowhere into the response', () => {
  const { response } = write();

  expect(JSON.stringify(response)).not.toContain('alice');
});

test('says which mail it is about, and from when on another one can be ordered', () => {
  const { response } = write({ delivery: 2, deliveryStatus: 'SENT', resendAt: NOW + MINUTE });

  expect(readPublicParameters(response.publicChallengeParameters)).toMatchObject({
    delivery: 'SENT',
    deliveryNumber: 2,
    resendAt: NOW + MINUTE,
  });
});

test('promises the code no longer than Cognito waits for this answer', () => {
  const expiresAt = (shown: Partial<typeof SHOWN>) =>
    readPublicParameters(write({}, shown).response.publicChallengeParameters).expiresAt;

  expect(expiresAt({ sessionValiditySeconds: 180 })).toBe(NOW + 3 * MINUTE);
  expect(expiresAt({ sessionValiditySeconds: 180, now: NOW + MINUTE })).toBe(NOW + 4 * MINUTE);
  expect(expiresAt({ sessionValiditySeconds: 180, now: NOW + 3 * MINUTE })).toBe(NOW + 5 * MINUTE);
});

test('says so where a mail was not ordered because the user has had too many', () => {
  const { response } = write({ limited: { code: 'ORDER_LIMIT', until: NOW } });

  expect(readPublicParameters(response.publicChallengeParameters).limited).toBe('ORDER_LIMIT');
});

test('keeps the rest of the event and replaces what stood in its response', () => {
  const { response, ...rest } = write();

  expect(rest).toEqual({
    version: EVENT.version,
    triggerSource: EVENT.triggerSource,
    request: EVENT.request,
  });
  expect(response.publicChallengeParameters).not.toHaveProperty('left');
  expect(Object.values(response.publicChallengeParameters).every((value) => typeof value === 'string')).toBe(
    true,
  );
});
