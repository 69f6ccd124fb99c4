import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { checkSettings, readSettings, SETTINGS, SettingsError } from '../../../../infra/settings/settings.ts';

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
    senderIdentity: 'address',
    codeLength: 6,
    codeLifetime: Duration.seconds(300),
    maxAttempts: 5,
    maxRounds: 8,
    lockThreshold: 20,
    lockDuration: Duration.minutes(15),
    maxFailures: 100,
    resendCooldown: Duration.seconds(30),
    laterResendCooldown: Duration.seconds(60),
    sendsPerWindow: 5,
    sendsPerDay: 20,
    ordersPerWindow: 60,
    ordersPerDay: 200,
    statusRounds: 12,
    reportLock: Duration.minutes(15),
    reportLink: false,
    notices: false,
    mail: {},
    sessionValidity: Duration.minutes(15),
    requireVerifiedEmail: false,
    accountRecovery: 'none',
    auditRetention: Duration.days(400),
    auditArchive: false,
    archiveRetention: Duration.days(400),
    logRetention: RetentionDays.THREE_MONTHS,
    tracing: false,
    encryptionKey: undefined,
    alarmTopic: undefined,
    deletionProtection: false,
    removalPolicy: RemovalPolicy.RETAIN,
  });
});

const RANGES = [
  ['codeLength', 6, 10, 6, undefined],
  ['codeLifetime', 300, 600, 300, 'seconds'],
  ['maxAttempts', 1, 10, 5, undefined],
  ['maxRounds', 1, 20, 8, undefined],
  ['lockDuration', 5, 1440, 15, 'minutes'],
  ['resendCooldown', 20, 120, 30, 'seconds'],
  ['laterResendCooldown', 20, 300, 60, 'seconds'],
  ['ordersPerWindow', 10, 100, 60, undefined],
  ['ordersPerDay', 50, 500, 200, undefined],
  ['statusRounds', 0, 20, 12, undefined],
  ['sessionValidity', 5, 15, 15, 'minutes'],
  ['auditRetention', 1, 3650, 400, 'days'],
  ['archiveRetention', 1, 3650, 400, 'days'],
] as const;

describe.each(RANGES)('%s', (name, min, max, fallback, unit) => {
  const range = `whole number${unit ? ` of ${unit}` : ''} from ${min} to ${max} (default ${fallback})`;

  test.each([[min], [max], [String(min)], [String(max)]])('takes %j', (value) => {
    const settings = readSettings({ emailSender: SENDER, [name]: value });

    expect(settings[name]).toEqual(unit ? Duration[unit](Number(value)) : Number(value));
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

    expect(problems).toEqual([`${name} must be a ${range}`]);
  });

  test('is the same as a prop', () => {
    const tooMuch = unit ? Duration[unit](max + 1) : max + 1;
    const most = unit ? Duration[unit](max) : max;

    expect(checkSettings({ emailSender: SENDER, [name]: most })[name]).toEqual(most);
    expect(() => checkSettings({ emailSender: SENDER, [name]: tooMuch })).toThrow(
      `${name} must be a ${range}`,
    );
  });
});

describe('a Duration', () => {
  test('is taken in any unit', () => {
    const settings = checkSettings({ emailSender: SENDER, codeLifetime: Duration.minutes(6) });

    expect(settings.codeLifetime.toSeconds()).toBe(360);
  });

  test.each([
    ['resendCooldown', Duration.millis(30_500)],
    ['auditRetention', Duration.hours(36)],
  ])('is refused where it is no whole number of its unit: %s', (name, value) => {
    expect(() => checkSettings({ emailSender: SENDER, [name]: value })).toThrow(
      `${name} must be a whole number`,
    );
  });
});

const FLAGS = [['requireVerifiedEmail'], ['auditArchive'], ['tracing'], ['deletionProtection']] as const;

describe.each(FLAGS)('%s', (name) => {
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

describe.each([
  ['senderIdentity', ['address', 'domain', 'existing'], 'Address'],
  ['accountRecovery', ['none', 'phone'], 'email'],
  ['removalPolicy', ['retain', 'destroy'], 'snapshot'],
  [
    'logRetention',
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
    RetentionDays.INFINITE,
  ],
] as const)('%s', (name, values, wrong) => {
  test.each<string | number>(values)('takes %s', (value) => {
    expect(readSettings({ emailSender: SENDER, [name]: String(value) })[name]).toBe(value);
    expect(checkSettings({ emailSender: SENDER, [name]: value })[name]).toBe(value);
  });

  test.each([wrong, '', `${values[0]} `, 8])('refuses %j with the list', (value) => {
    const problems = problemsOf({ emailSender: SENDER, [name]: value });

    expect(problems).toEqual([
      `${name} must be one of ${values.join(', ')} (default ${SETTINGS[name].default})`,
    ]);
  });
});

describe.each([
  ['encryptionKey', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
  ['alarmTopic', 'arn:aws-us-gov:sns:us-gov-west-1:111122223333:on-call'],
] as const)('%s', (name, arn) => {
  test('is an ARN', () => {
    expect(readSettings({ emailSender: SENDER, [name]: arn })[name]).toBe(arn);
  });

  test.each([[''], ['alias/otp'], [`${arn} `], [`${arn}\n`], [arn.replace('1111', '')], [[arn]]])(
    'refuses %j',
    (value) => {
      const problems = problemsOf({ emailSender: SENDER, [name]: value });

      expect(problems).toEqual([
        expect.stringMatching(new RegExp(`^${name} must be an ARN such as arn:aws:`)),
      ]);
    },
  );
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

test('each setting is described in one line, for docs/settings.md', () => {
  for (const { description, values, default: fallback } of Object.values(SETTINGS)) {
    for (const text of [description, values, fallback]) expect(text).toMatch(/^\S(?:.*\S)?$/);
  }
});
