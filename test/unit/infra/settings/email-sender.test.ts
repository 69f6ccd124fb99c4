import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { senderAddress, senderDomain } from '../../../../infra/settings/email-sender.ts';
import { readSettings, SettingsError } from '../../../../infra/settings/settings.ts';

const problemsOf = (emailSender: unknown): readonly string[] => {
  try {
    readSettings({ emailSender });
  } catch (error) {
    if (error instanceof SettingsError) return error.message.split('\n- ').slice(1);
    throw error;
  }
  return expect.unreachable('the sender was taken');
};

describe('emailSender', () => {
  test.each([
    ['otp@example.com', 'otp@example.com'],
    ['otp+codes@mail.example.co.uk', 'otp+codes@mail.example.co.uk'],
    ['Example <otp@example.com>', 'otp@example.com'],
    ['"Example, Inc." <otp@example.com>', 'otp@example.com'],
  ])('takes %s', (emailSender, address) => {
    const settings = readSettings({ emailSender });

    expect(settings.emailSender).toBe(emailSender);
    expect(senderAddress(settings.emailSender)).toBe(address);
    expect(senderDomain(settings.emailSender)).toBe(address.split('@')[1]);
  });

  test.each([[undefined], [null], ['']])('is required (%j)', (emailSender) => {
    const problems = problemsOf(emailSender);

    expect(problems).toEqual([expect.stringMatching(/^emailSender is required: .*-c emailSender=/)]);
  });

  test.each([
    ['otp'],
    ['otp@'],
    ['@example.com'],
    ['otp@example'],
    ['otp@example..com'],
    ['a@b@example.com'],
    ['otp @example.com'],
    ['Example <otp>'],
    ['Example <otp@example.com> and more'],
    ['otp@example.com, other@example.com'],
    ['Example\r\nBcc: all@example.com <otp@example.com>'],
    ['otp@example.com\n'],
    ['.otp@example.com'],
    ['Müller <otp@example.com>'],
    ['Example, Inc. <otp@example.com>'],
    ['a@example.com, b@example.com <otp@example.com>'],
    ['"Example <otp@example.com>'],
    [`${'o'.repeat(65)}@example.com`],
  ])('refuses %j', (emailSender) => {
    const problems = problemsOf(emailSender);

    expect(problems).toEqual([
      expect.stringMatching(/^emailSender must be otp@example.com or "Example <otp@example.com>"/),
    ]);
  });

  test('never takes a line break, which would be a header of its own', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('\r', '\n'), fc.string(), (before, lineBreak, after) => {
        const emailSender = `${before}${lineBreak}${after} <otp@example.com>`;

        expect(() => readSettings({ emailSender })).toThrow(SettingsError);
      }),
    );
  });
});
