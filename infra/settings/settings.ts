/** The operator's settings: one table describes them all, and an error names every wrong value at once. */
import { type Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { isLimitName, LIMITS, type Limit, type LimitName, type Limits } from '../../shared/domain/limits.ts';
import { writeWrongSettings } from '../../shared/messages/stack/wrong-settings.ts';
import { sender } from './email-sender.ts';
import { mailSetting } from './mail-setting.ts';
import {
  arnSetting,
  choiceSetting,
  durationSetting,
  flagSetting,
  isDuration,
  type Setting,
  SettingProblem,
  type TimeLimit,
  wholeSetting,
} from './setting-kinds.ts';

const isTime = (limit: Limit): limit is TimeLimit => limit.unit !== undefined;

type LimitSettings = {
  readonly [Name in LimitName]: Setting<(typeof LIMITS)[Name] extends TimeLimit ? Duration : number>;
};

const LIMIT_SETTINGS = Object.fromEntries(
  Object.entries<Limit>(LIMITS).map(([name, limit]) => [
    name,
    isTime(limit) ? durationSetting(limit) : wholeSetting(limit),
  ]),
) as unknown as LimitSettings;

/** The numbers of days that CloudWatch accepts, without "never": logs would be kept longer than the trail that they explain. */
const LOG_RETENTION = Object.values(RetentionDays).filter(
  (days): days is RetentionDays => typeof days === 'number' && days !== RetentionDays.INFINITE,
);

/** Every setting, in the order of `docs/settings.md`, by its name in `-c name=value` and in the props of `EmailOtp`. */
export const SETTINGS = {
  emailSender: sender(
    '`otp@example.com` or `"Müller GmbH <otp@example.com>"`; what mail needs encoded is encoded',
  ),
  senderIdentity: choiceSetting(
    ['address', 'domain', 'existing'],
    'address',
    'the identity that SES verifies: the address by a link, its domain by DKIM records (see the outputs), or one that exists already',
  ),
  mail: mailSetting(
    'how the mails look and what they say: brand, texts, languages; [mail.md](mail.md) shows it',
  ),
  requireVerifiedEmail: flagSetting(false, 'send only to addresses that Cognito marks as verified'),
  accountRecovery: choiceSetting(
    ['none', 'phone'],
    'none',
    'how users replace a forgotten password: administrators do it, or a text message to a verified phone; never the mailbox',
  ),
  sessionValidity: durationSetting({
    unit: 'minutes',
    // Cognito itself takes 3, but no code is shorter than 5.
    min: 5,
    max: 15,
    default: 15,
    description: 'time that Cognito waits for each answer; at least as long as `codeLifetime`',
    source: 'Cognito, `AuthSessionValidity`: at most 15',
  }),
  ...LIMIT_SETTINGS,
  notices: flagSetting(
    false,
    'mail users, at most once a day each, that wrong codes have locked them or ended a sign-in; [what they say](security-settings.md#notices)',
  ),
  reportLink: flagSetting(
    false,
    'put a link "this was not me" into the mail, with a page behind it; [read this first](../SECURITY.md#this-was-not-me)',
  ),
  auditArchive: flagSetting(
    false,
    'copy every state of a challenge to S3 under Object Lock; [read this first](audit.md#the-archive)',
  ),
  archiveRetention: durationSetting({
    // S3 itself allows up to 100 years.
    ...LIMITS.auditRetention,
    description:
      'time in which nobody can delete an object of the archive; a change applies to new objects only',
  }),
  logRetention: choiceSetting(LOG_RETENTION, RetentionDays.THREE_MONTHS, 'days that logs are kept'),
  tracing: flagSetting(false, 'trace the functions and the workflow with X-Ray'),
  encryptionKey: arnSetting(
    'arn:aws:kms:us-east-1:111122223333:key/…',
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
    'the KMS key that encrypts the table, in the region of the stack; by default a key that AWS owns',
  ),
  alarmTopic: arnSetting(
    'arn:aws:sns:us-east-1:111122223333:alarms',
    /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/,
    'the SNS topic, in the region of the stack, that gets a message when an alarm starts and when it ends; [if it is encrypted](security-settings.md#data)',
  ),
  deletionProtection: flagSetting(false, 'protect the user pool and the table from deletion'),
  removalPolicy: choiceSetting(
    [RemovalPolicy.RETAIN, RemovalPolicy.DESTROY],
    RemovalPolicy.RETAIN,
    'whether the user pool and the table are kept or deleted with the stack',
  ),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

/** All settings, checked and with their defaults. `SETTINGS` describes each. */
export type Settings = {
  readonly [Name in keyof typeof SETTINGS]: (typeof SETTINGS)[Name] extends Setting<infer T> ? T : never;
};

type Given = Readonly<Record<string, unknown>>;

/** The limits as functions and commands read them, with all times in seconds. */
export const toLimits = (settings: Settings): Limits =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) =>
      isLimitName(name) ? [[name, isDuration(value) ? value.toSeconds() : value]] : [],
    ),
  ) as Limits;

/** Some settings cannot be used; the message names each of them with its range. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Times that have to last at least as long as a code does, with the reason. */
const AS_LONG_AS_A_CODE = {
  lockDuration: 'so that every code from before a lock is over at its end',
  sessionValidity: 'so that no sign-in ends before its code does',
} as const;

const shorterThanCode = (settings: Given): readonly string[] => {
  const { codeLifetime } = settings;
  return Object.entries(AS_LONG_AS_A_CODE).flatMap(([name, reason]) => {
    const time = settings[name];
    if (!(isDuration(time) && isDuration(codeLifetime))) return [];
    const [seconds, least] = [time.toSeconds(), codeLifetime.toSeconds()];
    return seconds >= least
      ? []
      : [
          `${name} must be at least as long as codeLifetime, ${reason}: ${seconds} seconds are less than ${least}`,
        ];
  });
};

const isToken = (value: unknown): boolean =>
  isDuration(value) ? value.isUnresolved() : Token.isUnresolved(value);

const readSetting = ({ read }: Setting<unknown>, given: unknown): unknown =>
  isToken(given)
    ? new SettingProblem(
        'must be known at synthesis, which checks it; write it out or read it from the context, not from a parameter, ' +
          'an import or another resource',
      )
    : read(given ?? undefined);

const settle = (given: Given, furtherProblems: readonly string[]): Settings => {
  const settings = Object.entries<Setting<unknown>>(SETTINGS).map(
    ([name, setting]) => [name, readSetting(setting, given[name])] as const,
  );
  const problems = [
    ...settings.flatMap(([name, value]) =>
      value instanceof SettingProblem ? (value.sentences ?? [`${name} ${value.text}`]) : [],
    ),
    ...shorterThanCode(Object.fromEntries(settings)),
    ...furtherProblems,
  ];
  if (problems.length > 0) throw new SettingsError(writeWrongSettings(problems));
  return Object.fromEntries(settings) as Settings;
};

/** Checks props, in which a time is a `Duration`. Props that are not settings are ignored. Throws `SettingsError`. */
export const checkSettings = (props: object): Settings => settle(props as Given, []);

/** Reads the settings from the CDK context, in which `-c` makes every value a string. Throws `SettingsError`. */
export const readSettings = (context: Given): Settings => settle(context, unknownNames(context));

/** Names in the context that the CDK itself uses; its others contain a colon or a slash. */
const CDK_NAMES: readonly string[] = ['acknowledged-issue-numbers', 'cli-telemetry'];

/** Without this check, a misspelt setting would silently be ignored. */
const unknownNames = (context: Given): readonly string[] =>
  Object.keys(context)
    .filter((name) => !/[:/]/.test(name) && !CDK_NAMES.includes(name) && !Object.hasOwn(SETTINGS, name))
    .map(
      (name) => `${name} is not a setting; the settings are ${Object.keys(SETTINGS).toSorted().join(', ')}`,
    );
