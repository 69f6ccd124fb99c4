import { describe, expect, test } from 'vitest';
import { createPerson } from '../../../../commands/sign-in/person.ts';
import type { CodeChallenge } from '../../../../shared/messages/public-parameters.ts';
import { aCodeChallenge } from '../../../support/sign-in/code-challenge.ts';

const NOW = new Date(2026, 2, 2, 12).getTime();
const MINUTE = 60_000;

const aChallenge = (changes: Partial<CodeChallenge> = {}) =>
  aCodeChallenge(NOW, { status: 'SAME', resendAt: NOW, delivery: 'SENT', ...changes });

interface Options {
  readonly resend?: boolean;
  readonly newPassword?: string;
  readonly inbox?: string;
}

/** Somebody at a terminal who types these lines. */
const aPerson = (lines: readonly string[], { resend = false, newPassword, inbox }: Options = {}) => {
  const typed = lines.values();
  const said: string[] = [];
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return typed.next().value ?? expect.unreachable('no more lines');
  };
  const waited: number[] = [];
  // This machine's clock is years away from the service's, which is what counts.
  const clock = { time: NOW, rate: 1, now: () => clock.time, compare: async () => {} };
  const terminal = {
    ask,
    say: (text: string) => said.push(text),
    wait: async (ms: number) => {
      waited.push(ms);
      clock.time += ms * clock.rate;
    },
  };
  const person = createPerson(terminal, { resend, newPassword }, clock, inbox);
  return { person, said, questions, waited, clock };
};

describe('who is asked for the code', () => {
  test('is told where it went and how long it works, and the code in what was typed is the answer', async () => {
    const { person, said, questions } = aPerson([' 123 456']);

    const reply = await person.code(aChallenge({ status: 'NEW', delivery: 'SENDING' }), undefined);

    expect(reply).toEqual({ answer: '123456' });
    expect(said).toEqual([
      'A code of 6 digits is on its way to a***@e***.com.',
      'The code works for another 5:00.',
    ]);
    expect(questions).toEqual(['Code (or "resend" or "status"): ']);
  });

  test('is told what came of each reply', async () => {
    const { person, said } = aPerson(['000000', 'resend', '123456']);

    await person.code(aChallenge({ status: 'NEW' }), undefined);
    await person.code(aChallenge({ attemptsLeft: 4 }), { answer: '000000' });
    await person.code(aChallenge({ attemptsLeft: 4, deliveryNumber: 2 }), 'resend');

    expect(said.filter((text) => !text.startsWith('The code works'))).toEqual([
      'A code of 6 digits was mailed to a***@e***.com.',
      'That is not the code. Type the one in the newest mail; you have 4 tries left.',
      'Another mail with the same code was mailed to a***@e***.com.',
    ]);
  });

  test('is told how to order another mail here, where one may help', async () => {
    const { person, said } = aPerson(['123456']);

    await person.code(aChallenge({ delivery: 'FAILED' }), undefined);

    expect(said[0]).toContain('Type "resend" to order another mail');
  });

  test('is not told a time that the service did not give', async () => {
    const { person, said } = aPerson(['123456']);

    await person.code(aChallenge({ expiresAt: Number.NaN }), undefined);

    expect(said).toHaveLength(1);
  });

  test.each(['', '12345', 'twelve', '123456 or 654321'])(
    'is asked again for what cannot be a code, which would use up a round: %j',
    async (typed) => {
      const { person, said, questions } = aPerson([typed, 'Code: 012345.']);

      expect(await person.code(aChallenge(), undefined)).toEqual({ answer: '012345' });

      expect(questions).toHaveLength(2);
      expect(said.at(-1)).toBe('That could not be read as a code. Type the 6 digits from the mail.');
    },
  );

  test('is told of the local inbox when there is a new code in it', async () => {
    const { person, said } = aPerson(['000000', '123456'], { inbox: 'http://127.0.0.1:1/inbox' });
    const inbox = 'The local inbox is http://127.0.0.1:1/inbox';

    await person.code(aChallenge({ status: 'NEW' }), undefined);
    expect(said).toContain(inbox);
    said.length = 0;
    await person.code(aChallenge(), { answer: '000000' });
    expect(said).not.toContain(inbox);
  });
});

describe('how the mail stands', () => {
  test('is told to whoever types so, whichever way', async () => {
    const { person, said } = aPerson([' Status', '123456']);

    expect(await person.code(aChallenge({ delivery: 'SENDING' }), undefined)).toBe('status');
    await person.code(aChallenge({ delivery: 'BOUNCED' }), 'status');

    expect(said).toContain('The mail came back: a***@e***.com does not take mail. Please contact support.');
  });

  test('is that the code has ended, without a time until which it works', async () => {
    const { person, said } = aPerson(['resend']);

    await person.code(aChallenge({ status: 'OVER', attemptsLeft: 0 }), 'status');

    expect(said).toEqual([
      'That code can no longer be used: it was missed too often. Type "resend" to order another mail; it will bring a new code.',
    ]);
  });
});

describe('another mail', () => {
  test('is ordered at once where it may be, whichever way it is typed', async () => {
    const { person, said } = aPerson(['\u200b Resend ']);

    expect(await person.code(aChallenge(), undefined)).toBe('resend');
    expect(said).not.toContainEqual(expect.stringMatching(/^Another mail is/));
  });

  test('is ordered after the cooldown, which is waited for', async () => {
    const { person, said, waited } = aPerson(['resend']);

    expect(await person.code(aChallenge({ resendAt: NOW + 30_000 }), undefined)).toBe('resend');

    expect(waited.reduce((sum, ms) => sum + ms, 0)).toBe(30_000);
    expect(said.at(-1)).toBe('Another mail is possible in 0:30; waiting …');
  });

  test('is ordered as soon as the service’s clock allows it, which may be shifted meanwhile', async () => {
    const { person, waited, clock } = aPerson(['resend']);
    clock.rate = 60;

    expect(await person.code(aChallenge({ resendAt: NOW + 90_000 }), undefined)).toBe('resend');

    expect(clock.time).toBeGreaterThanOrEqual(NOW + 90_000);
    expect(waited).toHaveLength(2);
  });

  test('is not waited for where too many were ordered; the code that works is asked for instead', async () => {
    const { person, said, waited } = aPerson(['resend', '123456']);

    const reply = await person.code(aChallenge({ resendAt: NOW + 15 * MINUTE }), undefined);

    expect(waited).toEqual([]);
    expect(reply).toEqual({ answer: '123456' });
    expect(said.at(-1)).toBe('Another mail is possible from 12:15 on.');
  });

  test('has to be waited for as long as was said before a wrong code', async () => {
    const { person, said } = aPerson(['000000', 'resend', '123456']);

    await person.code(aChallenge({ resendAt: NOW + 15 * MINUTE, limited: 'SEND_LIMIT' }), undefined);
    await person.code(aChallenge({ attemptsLeft: 4 }), { answer: '000000' });

    expect(said.at(-1)).toBe('Another mail is possible from 12:15 on.');
  });

  test('is ordered first where the options say so, and only once', async () => {
    const { person, questions } = aPerson(['123456'], { resend: true });

    expect(await person.code(aChallenge(), undefined)).toBe('resend');
    expect(questions).toEqual([]);
    expect(await person.code(aChallenge({ deliveryNumber: 2 }), 'resend')).toEqual({ answer: '123456' });
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
