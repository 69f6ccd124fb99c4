import { describe, expect, test } from 'vitest';
import { toError } from '../../../../services/create-auth-challenge/refusal-error.ts';
import type { RefusalCode } from '../../../../shared/domain/policy.ts';
import { triggerWords } from '../../../../shared/words/trigger-words.ts';

const NOW = new Date(2026, 2, 2, 10).getTime();
const MINUTE = 60_000;

const wordsFor = (code: RefusalCode, retryAt: number) => {
  const { message } = toError({ kind: 'refused', code, retryAt });
  return triggerWords(`CreateAuthChallenge failed with error ${message}.`, NOW);
};

describe('a refusal is told to the person', () => {
  test.each([
    ['a lock', 'LOCKED', NOW + 15 * MINUTE, /Too many wrong codes .* sign in again from 10:15 on\.$/],
    ['a long lock', 'LOCKED', NOW + 24 * 60 * MINUTE, /sign in again from 3 Mar, 10:00 on\.$/],
    ['too many mails', 'SEND_LIMIT', NOW + 9 * MINUTE, /as many codes as we may .* from 10:09 on\.$/],
    ['a lock for good', 'LOCKED', Number.POSITIVE_INFINITY, /Too many wrong codes .* contact support\.$/],
  ] as const)('for %s, in words for people alone', (_, code, retryAt, words) => {
    const text = wordsFor(code, retryAt);

    expect(text).toMatch(words);
    expect(text).not.toMatch(/[[\]_]|[A-Z]{3}/);
  });
});

test('every other text of a trigger is passed on as it is, without what Cognito puts around it', () => {
  const message =
    'CreateAuthChallenge failed with error Something went wrong on our side. Please try again..';

  expect(triggerWords(message, NOW)).toBe('Something went wrong on our side. Please try again.');
});
