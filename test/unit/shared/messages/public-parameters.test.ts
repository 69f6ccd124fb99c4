import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CodeChallenge,
  keepWaiting,
  readPublicParameters,
  writePublicParameters,
} from '../../../../shared/messages/public-parameters.ts';
import { aCodeChallenge } from '../../../support/sign-in/code-challenge.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');

const time = fc.integer({ min: 0, max: 2 * NOW });
const count = fc.integer({ min: 1, max: 99 });
const anyChallenge: fc.Arbitrary<CodeChallenge> = fc.record({
  status: fc.constantFrom('NEW', 'SAME', 'REPLACED'),
  destination: fc.string(),
  codeLength: fc.integer({ min: 6, max: 10 }),
  attemptsLeft: fc.nat(10),
  expiresAt: time,
  resendAt: time,
  delivery: fc.constantFrom(
    ...(['SENDING', 'SENT', 'FAILED', 'DELAYED', 'DELIVERED', 'BOUNCED', 'SUPPRESSED', 'REJECTED'] as const),
  ),
  deliveryNumber: count,
});

/** What a challenge has only near a limit. */
const anyLimits = fc.record(
  { limited: fc.constantFrom('SEND_LIMIT', 'ORDER_LIMIT'), triesUntilLock: fc.integer({ min: 1, max: 5 }) },
  { requiredKeys: [] },
);

test('a client reads what the service wrote', () => {
  fc.assert(
    fc.property(anyChallenge, anyLimits, (parameters, limits) => {
      const challenge = { ...parameters, ...limits };
      expect(readPublicParameters(writePublicParameters(challenge))).toEqual(challenge);
    }),
  );
});

test('it is sent as texts with these names', () => {
  const challenge = aCodeChallenge(NOW, { status: 'SAME', delivery: 'SENT', limited: 'SEND_LIMIT' });

  expect(writePublicParameters(challenge)).toEqual({
    challenge: 'SAME',
    destination: 'a***@e***.com',
    codeLength: '6',
    attemptsLeft: '5',
    expiresAt: '2026-03-02T10:05:00.000Z',
    resendAt: '2026-03-02T10:00:30.000Z',
    delivery: 'SENT',
    deliveryNumber: '1',
    refused: 'SEND_LIMIT',
  });
  expect(writePublicParameters(aCodeChallenge(NOW))).not.toHaveProperty('refused');
});

test('a client accepts that parameters are missing or new', () => {
  const unknown = { challenge: 'BETTER', delivery: 'toString', refused: 'WHY' };

  const challenge = readPublicParameters(unknown);

  expect(challenge).toEqual({
    status: 'NEW',
    destination: 'your address',
    codeLength: 6,
    attemptsLeft: 0,
    expiresAt: Number.NaN,
    resendAt: Number.NaN,
    delivery: 'SENDING',
    deliveryNumber: 1,
  });
});

describe('the wait for another mail', () => {
  const MINUTE = 60_000;
  const waiting = aCodeChallenge(NOW, { resendAt: NOW + 14 * MINUTE, limited: 'SEND_LIMIT' });

  test('does not become shorter because a wrong code was typed in between', () => {
    const afterWrongCode = aCodeChallenge(NOW, { resendAt: NOW - MINUTE });

    expect(keepWaiting(afterWrongCode, waiting)).toEqual({ ...afterWrongCode, resendAt: NOW + 14 * MINUTE });
  });

  test('is the challenge’s own cooldown where nothing else holds it back', () => {
    const challenge = aCodeChallenge(NOW, { resendAt: NOW + MINUTE });

    expect(keepWaiting(challenge, undefined)).toEqual(challenge);
    expect(keepWaiting(challenge, aCodeChallenge(NOW, { resendAt: NOW - MINUTE }))).toEqual(challenge);
  });
});
