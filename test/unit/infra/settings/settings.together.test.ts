import { Duration, Fn, Lazy, Token } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { checkSettings, readSettings } from '../../../../infra/settings/settings.ts';

const SENDER = 'otp@example.com';

describe('a time that has to last as long as a code', () => {
  test.each([
    ['lockDuration', 'so that every code from before a lock is over at its end'],
    ['sessionValidity', 'so that no sign-in ends before its code does'],
  ] as const)('is refused if it is shorter: %s', (name, reason) => {
    expect(() => readSettings({ emailSender: SENDER, codeLifetime: 301, [name]: 5 })).toThrow(
      `${name} must be at least as long as codeLifetime, ${reason}: 300 seconds are less than 301`,
    );
  });

  test('may be just as long', () => {
    const given = { emailSender: SENDER, codeLifetime: 300, lockDuration: 5, sessionValidity: 5 };

    expect(readSettings(given).lockDuration.toSeconds()).toBe(300);
  });

  test('is the same as a prop', () => {
    const props = {
      emailSender: SENDER,
      codeLifetime: Duration.minutes(10),
      lockDuration: Duration.minutes(9),
    };

    expect(() => checkSettings(props)).toThrow(/lockDuration .*: 540 seconds are less than 600/);
  });
});

describe('a setting that only the deployment knows', () => {
  test.each<[string, unknown]>([
    ['emailSender', Fn.importValue('sender')],
    ['emailSender', `Example <${Fn.ref('Sender')}>`],
    ['codeLength', Lazy.number({ produce: () => 6 })],
    ['codeLifetime', Duration.seconds(Lazy.number({ produce: () => 300 }))],
    ['tracing', Token.asAny({ Ref: 'Tracing' })],
  ])('is refused as such: %s', (name, value) => {
    expect(() => checkSettings({ emailSender: SENDER, [name]: value })).toThrow(
      new RegExp(`- ${name} must be known at synthesis, which checks it; write it out`),
    );
  });
});
