import { expect, test } from 'vitest';
import { toError } from '../../../../services/create-auth-challenge/refusal-error.ts';
import { NOW } from '../../../support/table/challenges.ts';

test.each([
  [
    'LOCKED',
    NOW,
    'Too many wrong codes, or a mail was reported. Try again later. [LOCKED until 2025-01-15T12:00:00.000Z]',
  ],
  ['LOCKED', Number.POSITIVE_INFINITY, 'Too many wrong codes. Contact support. [LOCKED]'],
  [
    'SEND_LIMIT',
    NOW,
    'Too many codes were ordered. Try again later. [SEND_LIMIT until 2025-01-15T12:00:00.000Z]',
  ],
] as const)(
  'a refusal for %s until %s is a constant text with its code and time',
  (code, retryAt, message) => {
    const error = toError({ kind: 'refused', code, retryAt });

    expect(error.message).toBe(message);
    expect(error.name).toBe(code);
  },
);
