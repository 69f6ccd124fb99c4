import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSettings, SettingsError, senderAddress } from '../../../infra/settings.ts';

const SENDER = 'otp@example.com';

const problemsOf = (context: Readonly<Record<string, unknown>>): readonly string[] => {
  try {
    readSettings(context);
  } catch (error) {
    if (error instanceof SettingsError) return error.message.split('\n- ').slice(1);
    throw error;
  }
  return expect.unreachable('the settings were taken');
};

test('needs nothing but a sender, and has a default for everything else', () => {
  const settings = readSettings({ emailSender: SENDER });

  expect(settings).toEqual({
    emailSender: SENDER,
    codeLength: 6,
    codeLifetime: 300,
    maxAttempts: 5,
    maxRounds: 8,
    resendCooldown: 30,
    sessionValidity: 15,
    requireVerifiedEmail: false,
    auditRetention: 400,
    auditArchive: false,
    archiveRetention: 400,
    deletionProtection: false,
  });
});

const RANGES = [
  ['codeLength', 6, 10, 6],
  ['codeLifetime', 300, 600, 300],
  ['maxAttempts', 1, 10, 5],
  ['maxRounds', 1, 20, 8],
  ['resendCooldown', 10, 120, 30],
  ['sessionValidity', 3, 15, 15],
  ['auditRetention', 1, 3650, 400],
  ['archiveRetention', 1, 3650, 400],
] as const;

describe.each(RANGES)('%s', (name, min, max, fallback) => {
  test.each([[min], [max], [String(min)], [String(max)]])('takes %j', (value) => {
    const settings = readSettings({ emailSender: SENDER, [name]: value });

    expect(settings[name]).toBe(Number(value));
  });

  test.each([
    [min - 1],
    [max + 1],
    [String(min - 1)],
    [String(max + 1)],
    [`${min}.5`],
    [`${min} `],
    ['1e1'],
    ['many'],
    [''],
    [true],
    [[min, max]],
    [Number.NaN],
  ])('refuses %j with its name, range and default', (value) => {
    const problems = problemsOf({ emailSender: SENDER, [name]: value });

    expect(problems).toEqual([`${name} must be a whole number from ${min} to ${max} (default ${fallback})`]);
  });
});

describe.each([['requireVerifiedEmail'], ['auditArchive'], ['deletionProtection']] as const)('%s', (name) => {
  test.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
  ])('reads %j as %s', (value, expected) => {
    const settings = readSettings({ emailSender: SENDER, [name]: value });

    expect(settings[name]).toBe(expected);
  });

  test.each([['yes'], ['1'], ['TRUE'], ['']])('refuses %j with its name', (value) => {
    const problems = problemsOf({ emailSender: SENDER, [name]: value });

    expect(problems).toEqual([`${name} must be true or false (default false)`]);
  });
});

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
  });

  test.each([[undefined], [null], ['']])('is required (%j)', (emailSender) => {
    const problems = problemsOf({ emailSender });

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
    const problems = problemsOf({ emailSender });

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

describe('a misspelt setting', () => {
  test.each([
    ['codelength'],
    ['CODE_LENGTH'],
    ['code_length'],
    ['code-length'],
    ['codeLength2'],
    ['code.length'],
  ])('is refused, with the names there are: %s', (name) => {
    const problems = problemsOf({ emailSender: SENDER, [name]: '8' });

    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${name} is not a setting`);
    expect(problems[0]).toContain('codeLength, codeLifetime');
  });

  test.each([
    ['aws:cdk:enable-path-metadata'],
    ['@aws-cdk/core:stackRelativeExports'],
    ['availability-zones:account=000000000000:region=us-east-1'],
    ['cli-telemetry'],
    ['acknowledged-issue-numbers'],
  ])('is not what the CDK itself keeps in its context: %s', (name) => {
    const settings = readSettings({ emailSender: SENDER, [name]: true });

    expect(settings.codeLength).toBe(6);
  });
});

test('names all problems at once', () => {
  const problems = problemsOf({ codeLength: 5, maxRounds: 0, deletionProtection: 'perhaps', colour: 'red' });

  expect(problems.map((problem) => problem.split(' ')[0]).toSorted()).toEqual(
    ['codeLength', 'maxRounds', 'deletionProtection', 'emailSender', 'colour'].toSorted(),
  );
});
