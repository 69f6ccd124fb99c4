import { describe, expect, test } from 'vitest';
import { aPerson, NOW, QUESTION } from '../../../support/client/at-terminal.ts';
import { MINUTE } from '../../../support/table/challenges.ts';

describe('how the mail stands', () => {
  test('is told to whoever types so, whichever way', async () => {
    const { codes, said } = aPerson([' Status', '123456']);

    const { calls } = await codes({ delivery: 'SENDING' }, { delivery: 'BOUNCED' });

    expect(calls).toEqual([
      ['status', { action: 'status' }],
      ['123456', {}],
    ]);
    expect(said).toContain(
      'The mail was returned: a***@e***.com does not take mail. Please contact support.',
    );
  });

  test('is that the code has ended, without a time until which it works', async () => {
    const { codes, said } = aPerson(['status', 'resend', '123456']);

    await codes({ attemptsLeft: 1 }, { status: 'OVER', attemptsLeft: 0 }, { status: 'REPLACED' });

    expect(said.slice(2, 4)).toEqual([
      'That code can no longer be used: wrong codes were typed too often. Type "resend" to order a new mail. The next mail brings a new code.',
      'A new code was sent to a***@e***.com. Earlier codes no longer work.',
    ]);
  });

  test('is not asked where the service takes no such question any more', async () => {
    const { codes, said } = aPerson(['status', '123456']);

    expect((await codes({ statusesLeft: 0 })).sent).toEqual(['123456']);

    expect(said.at(-1)).toBe('How the mail stands cannot be asked any more in this sign-in.');
  });
});

describe('a new mail', () => {
  test('is ordered at once where it may be, whichever way it is typed', async () => {
    const { codes, said } = aPerson(['\u200b Resend ', '123456']);

    expect((await codes({}, { deliveryNumber: 2 })).calls[0]).toEqual(['resend', { action: 'resend' }]);
    expect(said).not.toContainEqual(expect.stringMatching(/^A new mail is/));
  });

  test('is ordered after the cooldown, which is waited for', async () => {
    const { codes, said, waited } = aPerson(['resend', '123456']);

    expect((await codes({ resendAt: NOW + 30_000 }, { deliveryNumber: 2 })).sent[0]).toBe('resend');

    expect(waited.reduce((sum, ms) => sum + ms, 0)).toBe(30_000);
    expect(said[2]).toBe('A new mail is possible in 0:30. Waiting …');
  });

  test('is ordered as soon as the service’s clock allows it, which may be shifted meanwhile', async () => {
    const { codes, waited, clock } = aPerson(['resend', '123456']);
    clock.rate = 60;

    expect((await codes({ resendAt: NOW + 90_000 }, { deliveryNumber: 2 })).sent[0]).toBe('resend');

    expect(clock.time).toBeGreaterThanOrEqual(NOW + 90_000);
    expect(waited).toHaveLength(2);
  });

  test('is not waited for where too many were ordered; the code that works is asked for instead', async () => {
    const { codes, said, waited } = aPerson(['resend', '123456']);

    const { sent } = await codes({ resendAt: NOW + 15 * MINUTE });

    expect(waited).toEqual([]);
    expect(sent).toEqual(['123456']);
    expect(said.at(-1)).toBe('A new mail is possible from 12:15 on.');
  });

  test('has to be waited for as long as was said before a wrong code', async () => {
    const { codes, said } = aPerson(['000000', 'resend', '123456']);

    await codes({ resendAt: NOW + 15 * MINUTE, limited: 'SEND_LIMIT' }, { attemptsLeft: 4 });

    expect(said.at(-1)).toBe('A new mail is possible from 12:15 on.');
  });

  test('is ordered first where the options say so, and only once', async () => {
    const { codes, questions } = aPerson(['123456'], { resend: true });

    expect((await codes({}, { deliveryNumber: 2 })).sent).toEqual(['resend', '123456']);
    expect(questions).toEqual([QUESTION]);
  });
});
