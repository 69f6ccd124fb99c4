import { describe, expect, test, vi } from 'vitest';
import { createCodeStep } from '../../../../client/code-step.ts';
import { writePublicParameters } from '../../../../shared/messages/public-parameters.ts';
import { aChallenge, aPerson, NOW, QUESTION, withoutTimes } from '../../../support/client/at-terminal.ts';
import { scriptedCalls } from '../../../support/client/scripted-calls.ts';
import { MINUTE } from '../../../support/table/challenges.ts';

describe('who is asked for the code', () => {
  test('is told where it went and how long it works, and the code in what was typed is the answer', async () => {
    const { codes, said, questions } = aPerson([' 123 456']);

    const { end, calls } = await codes({ status: 'NEW', delivery: 'SENDING' });

    expect(end).toEqual({ kind: 'signedIn' });
    expect(calls).toEqual([['123456', {}]]);
    expect(said).toEqual([
      'A code of 6 digits is on its way to a***@e***.com.',
      'The code works for another 5:00.',
    ]);
    expect(questions).toEqual([QUESTION]);
  });

  test('is told what came of each reply', async () => {
    const { codes, said } = aPerson(['000000', 'resend', '123456']);

    await codes({ status: 'NEW' }, { attemptsLeft: 4 }, { attemptsLeft: 4, deliveryNumber: 2 });

    expect(withoutTimes(said)).toEqual([
      'A code of 6 digits was sent to a***@e***.com.',
      'That is not the code. Type the one in the newest mail. You have 4 tries left.',
      'Another mail with the same code was sent to a***@e***.com.',
    ]);
  });

  test('is told how to order a new mail here, where one may help', async () => {
    const { codes, said } = aPerson(['123456']);

    await codes({ delivery: 'FAILED' });

    expect(said[0]).toContain('Type "resend" to order a new mail');
  });

  test('is not told a time that the service did not give', async () => {
    const { person, clock, said } = aPerson(['123456']);
    const { expiresAt, ...parameters } = writePublicParameters(aChallenge());
    const calls = scriptedCalls({ kind: 'signedIn' });

    await person.code(createCodeStep({ calls, clock, username: 'alice', parameters }));

    expect(said).toHaveLength(1);
  });

  test.each(['', '12345', 'twelve', '123456 or 654321'])(
    'is asked again for what cannot be a code, which would use up a round: %j',
    async (typed) => {
      const { codes, said, questions } = aPerson([typed, 'Code: 012345.']);

      expect((await codes()).sent).toEqual(['012345']);

      expect(questions).toHaveLength(2);
      expect(said.at(-1)).toBe('That could not be read as a code. Type the 6 digits from the mail.');
    },
  );

  test('is told that the service is busy only if it stays so for seconds, and gives the same once more', async () => {
    vi.useFakeTimers();
    const { codes, said } = aPerson(['123456', '654321']);
    const busy = Object.assign(new Error('Rate exceeded'), { name: 'TooManyRequestsException' });

    const gone = codes({}, busy, busy, busy, busy);
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();

    expect((await gone).sent).toEqual([...Array<string>(4).fill('123456'), '654321']);
    expect(withoutTimes(said).at(-1)).toBe('The service is busy. Wait a moment, then try again.');
  });

  test.each(['123456', 'status'])(
    'is told that the code has expired, as often as it is typed: %s, which is not sent',
    async (typed) => {
      const { codes, said, clock } = aPerson([typed, typed, 'resend', '654321']);
      clock.time += 5 * MINUTE;

      expect((await codes({}, { status: 'REPLACED', expiresAt: NOW + 10 * MINUTE })).sent).toEqual([
        'resend',
        '654321',
      ]);

      const expired = said.filter((text) => text.startsWith('The code has expired. Type "resend" to order'));
      expect(expired).toHaveLength(2);
    },
  );

  test('is told of the local inbox when there is a new code in it', async () => {
    const inbox = 'The local inbox is http://127.0.0.1:1/inbox';
    const lines = ['000000', '000000', 'resend', '123456'];
    const { codes, said } = aPerson(lines, { inbox: 'http://127.0.0.1:1/inbox' });

    await codes(
      { status: 'NEW' },
      { attemptsLeft: 4 },
      { status: 'REPLACED', attemptsLeft: 5 },
      { status: 'REPLACED', deliveryNumber: 1 },
    );

    const afterEach = withoutTimes(said).map((text) => text === inbox);
    expect(afterEach).toEqual([false, true, false, false, true, false, true]);
  });
});

describe('a new password', () => {
  test('is asked for, after what was wrong with the last one', async () => {
    const { person, said, questions } = aPerson(['my-own-words-1']);

    expect(await person.newPassword('The password is too short.')).toBe('my-own-words-1');
    expect(said).toEqual(['The password is too short.']);
    expect(questions).toEqual(['Choose a new password: ']);
  });

  test('is the one of the options first, and asked for where that is refused', async () => {
    const { person } = aPerson(['my-own-words-1'], { newPassword: 'short' });

    expect(await person.newPassword()).toBe('short');
    expect(await person.newPassword('The password is too short.')).toBe('my-own-words-1');
  });
});
