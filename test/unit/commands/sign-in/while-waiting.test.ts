import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aPerson, NOW } from '../../../support/client/at-terminal.ts';

// What somebody at a terminal is told who waits for the mail and types nothing.

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Types this after so many milliseconds of the service's time. */
const codeAfter =
  (ms: number, of: { readonly time: { time: number } }, text = '123456') =>
  async () => {
    for (let passed = 0; passed < ms; passed += 250) {
      of.time.time += 250;
      await vi.advanceTimersByTimeAsync(250);
    }
    return text;
  };

const waiting = (ms: number) => {
  const of = { time: { time: NOW } };
  const person = aPerson([codeAfter(ms, of)]);
  of.time = person.clock;
  return person;
};

test('what has become of the mail after 6 seconds, asked for once', async () => {
  const { codes, said } = waiting(15_000);

  const { calls } = await codes({ delivery: 'SENDING' }, { delivery: 'FAILED' });

  expect(calls).toEqual([
    ['status', { action: 'status' }],
    ['123456', {}],
  ]);
  expect(said.at(-1)).toBe(
    'The mail with the code could not be sent. Type "resend" to order a new mail. If that does not help, try again later.',
  );
});

test('what helps after 20 seconds, said once, with the words to type', async () => {
  const { codes, said } = waiting(40_000);

  await codes({ delivery: 'SENDING' }, { delivery: 'SENT' });

  expect(said.slice(2)).toEqual([
    'A code of 6 digits was sent to a***@e***.com.',
    'No mail? Type "status" to ask again how the mail stands. Look in the spam folder. Check that a***@e***.com is your address, and look in the mailbox of that address. Type "resend" to order a new mail. If nothing helps, contact support.',
  ]);
});

test('what helps, also if something was typed before that was not the code', async () => {
  const of = { time: { time: NOW } };
  const { codes, said, clock } = aPerson([codeAfter(19_000, of, 'status'), codeAfter(3_000, of)]);
  of.time = clock;

  await codes({ delivery: 'SENDING' }, { delivery: 'SENDING' }, { delivery: 'DELIVERED' });

  expect(said.at(-1)).toMatch(/^No mail\? Look in the spam folder\./);
});

test('that the sign-in has ended meanwhile, and nothing more is asked', async () => {
  const { codes, questions } = waiting(15_000);
  const lost = Object.assign(new Error('Invalid session for the user, session can only be used once.'), {
    name: 'NotAuthorizedException',
  });

  const { end } = await codes({ delivery: 'SENDING' }, lost);

  expect(end).toMatchObject({ kind: 'password', problem: { code: 'sessionUsed' } });
  expect(questions).toHaveLength(1);
});
