import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toError } from '../../../../services/create-auth-challenge/refusal-error.ts';
import { readRefusal, writeRefusal } from '../../../../shared/messages/refusal.ts';
import { NOW } from '../../../support/table/challenges.ts';

const asCognitoSaysIt = (text: string) => `CreateAuthChallenge failed with error ${text}.`;

test('a client reads what create-auth-challenge refused, as it writes it and as Cognito passes it on', () => {
  const codes = fc.constantFrom('LOCKED', 'SEND_LIMIT');
  const times = fc.oneof(fc.integer({ min: 0, max: 2 * NOW }), fc.constant(Number.POSITIVE_INFINITY));
  fc.assert(
    fc.property(codes, times, (code, retryAt) => {
      const { message } = toError({ kind: 'refused', code, retryAt });

      expect(readRefusal(writeRefusal({ code, retryAt }))).toEqual({ code, retryAt });
      expect(readRefusal(message)).toEqual({ code, retryAt });
      expect(readRefusal(asCognitoSaysIt(message))).toEqual({ code, retryAt });
    }),
  );
});

test('it is sent as a code and a time, or as a code alone', () => {
  expect(writeRefusal({ code: 'SEND_LIMIT', retryAt: NOW })).toBe(
    '[SEND_LIMIT until 2025-01-15T12:00:00.000Z]',
  );
  expect(writeRefusal({ code: 'LOCKED', retryAt: Number.POSITIVE_INFINITY })).toBe('[LOCKED]');
});

test.each([
  'Something went wrong on our side. Please try again.',
  'Too many wrong codes. Contact support.',
  'Somebody wrote [LOCKED until 2025-01-15T12:00:00.000Z] in between.',
  'Try again later. [LOCKED until tomorrow]',
  'Try again later. [LOCKED until 2025-99-15T12:00:00.000Z]',
  'Try again later. [locked]',
  'Try again later. [TOO_NEW until 2025-01-15T12:00:00.000Z]',
  '',
])('"%s" is no refusal', (text) => {
  expect(readRefusal(text)).toBeUndefined();
  expect(readRefusal(asCognitoSaysIt(text))).toBeUndefined();
});
