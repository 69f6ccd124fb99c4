import { describe, expect, test } from 'vitest';
import {
  type CodeChallenge,
  describeChallenge,
  readChallenge,
} from '../../../../../services/console/sign-in/code-challenge.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');

const aChallenge = (changes: Partial<CodeChallenge> = {}): CodeChallenge => ({
  status: 'NEW',
  destination: 'a***@e***.com',
  codeLength: 6,
  attemptsLeft: 5,
  expiresAt: NOW + 300_000,
  resendAt: NOW + 30_000,
  delivery: 'SENDING',
  deliveryNumber: 1,
  ...changes,
});

describe('readChallenge', () => {
  test('reads the public challenge parameters', () => {
    const challenge = readChallenge({
      challenge: 'SAME',
      destination: 'a***@e***.com',
      codeLength: '8',
      attemptsLeft: '3',
      expiresAt: '2026-03-02T10:05:00.000Z',
      resendAt: '2026-03-02T10:00:30.000Z',
      delivery: 'SENT',
      deliveryNumber: '2',
    });

    const times = { expiresAt: NOW + 300_000, resendAt: NOW + 30_000 };
    const sent = { delivery: 'SENT', deliveryNumber: 2 } as const;
    expect(challenge).toEqual(
      aChallenge({ status: 'SAME', codeLength: 8, attemptsLeft: 3, ...times, ...sent }),
    );
  });

  test('makes do with parameters that are missing or new', () => {
    const challenge = readChallenge({ challenge: 'BETTER', delivery: 'LATER' });

    expect(challenge).toMatchObject({ status: 'NEW', delivery: 'SENDING', codeLength: 6, deliveryNumber: 1 });
  });
});

describe('the sentence above the code field', () => {
  const before = aChallenge();

  test.each([
    [
      'the first challenge',
      'password',
      aChallenge(),
      undefined,
      'plain',
      'A code of 6 digits is on its way to a***@e***.com.',
    ],
    ['a reload', 'reload', aChallenge(), undefined, 'plain', 'Your sign-in goes on where it was.'],
    [
      'a wrong code',
      'code',
      aChallenge({ status: 'SAME', attemptsLeft: 4 }),
      before,
      'bad',
      'you have 4 tries left',
    ],
    [
      'the last try',
      'code',
      aChallenge({ status: 'SAME', attemptsLeft: 1 }),
      before,
      'bad',
      'you have 1 try left',
    ],
    [
      'an answer that cost no try',
      'code',
      aChallenge({ status: 'SAME' }),
      before,
      'bad',
      'could not be read as a code',
    ],
    ['a dead code', 'code', aChallenge({ status: 'REPLACED' }), before, 'bad', 'can no longer be used'],
    [
      'a resend',
      'resend',
      aChallenge({ status: 'SAME', deliveryNumber: 2 }),
      before,
      'good',
      'Another mail with the same code',
    ],
    [
      'a resend too soon',
      'resend',
      aChallenge({ status: 'SAME' }),
      before,
      'plain',
      'No other mail was sent yet',
    ],
    [
      'a resend for a new code',
      'resend',
      aChallenge({ status: 'REPLACED' }),
      before,
      'good',
      'Earlier codes no longer work',
    ],
    [
      'a mail that failed',
      'password',
      aChallenge({ delivery: 'FAILED' }),
      undefined,
      'bad',
      'could not be sent',
    ],
    [
      'a wrong code when the mail failed',
      'code',
      aChallenge({ status: 'SAME', attemptsLeft: 4, delivery: 'FAILED' }),
      before,
      'bad',
      'could not be sent',
    ],
  ] as const)('after %s', (_, action, challenge, earlier, tone, words) => {
    const notice = describeChallenge(action, challenge, earlier);

    expect(notice).toMatchObject({ tone, text: expect.stringContaining(words) });
  });
});
