/** The operator's settings: one table says what each takes; every problem is named at once. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  AUDIT_RETENTION_DAYS,
  CODE_LENGTH,
  CODE_LIFETIME_SECONDS,
  LATER_RESEND_COOLDOWN_SECONDS,
  type Limit,
  LOCK_MINUTES,
  LOCK_THRESHOLD,
  MAX_ATTEMPTS,
  MAX_FAILURES,
  MAX_ROUNDS,
  RESEND_COOLDOWN_SECONDS,
  SENDS_PER_DAY,
  SENDS_PER_WINDOW,
} from '../../shared/domain/limits.ts';
import { sender } from './email-sender.ts';
import { arn, duration, flag, oneOf, Problem, type Setting, whole } from './setting-kinds.ts';

/** Cognito's range for `AuthSessionValidity`, minutes. */
const SESSION_VALIDITY: Limit = { min: 3, max: 15, default: 15 };

/** Days, in the range that the table's trail has; S3 itself takes up to 100 years. */
const ARCHIVE_RETENTION: Limit = { min: 1, max: 3650, default: 400 };

/** Days that CloudWatch takes. Its "never" is not among them: logs would outlive the trail that they explain. */
const LOG_RETENTION = Object.values(RetentionDays).filter(
  (days): days is RetentionDays => typeof days === 'number' && days !== RetentionDays.INFINITE,
);

/** Every setting, in the order in which the README shows them. `-c name=value`; the props of `EmailOtp` have the same names. */
export const SETTINGS = {
  emailSender: sender('`otp@example.com` or `"Example <otp@example.com>"`; the name in plain letters'),
  senderIdentity: oneOf(
    ['address', 'domain', 'existing'],
    'address',
    'what SES verifies: the address by a link, its domain by DKIM records (see the outputs), or what it has verified already',
  ),
  codeLength: whole(CODE_LENGTH, 'digits of a code'),
  codeLifetime: duration(
    CODE_LIFETIME_SECONDS,
    'seconds',
    'from a challenge’s start until its code is refused',
  ),
  maxAttempts: whole(MAX_ATTEMPTS, 'wrong answers that close a challenge'),
  maxRounds: whole(MAX_ROUNDS, 'answers and resends in one sign-in'),
  lockThreshold: whole(
    LOCK_THRESHOLD,
    'wrong answers in a row, over all sign-ins, from which on each locks the user',
  ),
  lockDuration: duration(LOCK_MINUTES, 'minutes', 'of the first lock; each further wrong answer doubles it'),
  maxFailures: whole(MAX_FAILURES, 'wrong answers in a row after which only `npm run unlock` helps'),
  resendCooldown: duration(
    RESEND_COOLDOWN_SECONDS,
    'seconds',
    'between a challenge’s first mail and the next',
  ),
  laterResendCooldown: duration(LATER_RESEND_COOLDOWN_SECONDS, 'seconds', 'between its further mails'),
  sendsPerWindow: whole(SENDS_PER_WINDOW, 'mails for a user within 15 minutes'),
  sendsPerDay: whole(SENDS_PER_DAY, 'mails for a user within 24 hours'),
  sessionValidity: duration(SESSION_VALIDITY, 'minutes', 'for which Cognito waits for each answer'),
  requireVerifiedEmail: flag(false, 'send only to addresses that Cognito marks as verified'),
  accountRecovery: oneOf(
    ['none', 'phone'],
    'none',
    'how users replace a forgotten password: administrators do it, or a text message to a verified phone; never the mailbox',
  ),
  auditRetention: duration(AUDIT_RETENTION_DAYS, 'days', 'for which a challenge’s trail is kept'),
  auditArchive: flag(
    false,
    'copy every state of a challenge to S3 under Object Lock; [read this first](docs/audit.md#the-archive)',
  ),
  archiveRetention: duration(
    ARCHIVE_RETENTION,
    'days',
    'for which nobody can delete what is in the archive; a change is for new objects only',
  ),
  logRetention: oneOf(LOG_RETENTION, RetentionDays.THREE_MONTHS, 'days for which logs are kept'),
  tracing: flag(false, 'trace the functions and the workflow with X-Ray'),
  encryptionKey: arn(
    'arn:aws:kms:us-east-1:111122223333:key/…',
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
    'the KMS key of the table; without it, one that AWS owns',
  ),
  alarmTopic: arn(
    'arn:aws:sns:us-east-1:111122223333:alarms',
    /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/,
    'the SNS topic that is told when an alarm goes off and when it is over',
  ),
  deletionProtection: flag(false, 'for the user pool and the table'),
  removalPolicy: oneOf(
    [RemovalPolicy.RETAIN, RemovalPolicy.DESTROY],
    RemovalPolicy.RETAIN,
    'what becomes of the user pool and the table when the stack is deleted',
  ),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

/** The settings as they are used, checked and with their defaults. `SETTINGS` describes each. */
export type Settings = {
  readonly [Name in keyof typeof SETTINGS]: (typeof SETTINGS)[Name] extends Setting<infer T> ? T : never;
};

type Given = Readonly<Record<string, unknown>>;

/** Settings that cannot be used; the message names each with its range. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const settle = (given: Given, furtherProblems: readonly string[]): Settings => {
  const settings = Object.entries(SETTINGS).map(
    ([name, { read }]) => [name, read(given[name] ?? undefined)] as const,
  );
  const problems = [
    ...settings.flatMap(([name, value]) => (value instanceof Problem ? [`${name} ${value.text}`] : [])),
    ...furtherProblems,
  ];
  if (problems.length > 0) throw new SettingsError(`Wrong settings:\n- ${problems.join('\n- ')}`);
  return Object.fromEntries(settings) as Settings;
};

/** Checks props, in which a time is a `Duration`. Names that are no settings are not looked at. Throws `SettingsError`. */
export const checkSettings = (props: object): Settings => settle(props as Given, []);

/** Reads the settings out of CDK context, where `-c` makes every value a string. Throws `SettingsError`. */
export const readSettings = (context: Given): Settings => settle(context, unknownNames(context));

/** The context of the CDK itself, besides names with a colon or a slash. */
const CDK_NAMES: readonly string[] = ['acknowledged-issue-numbers', 'cli-telemetry'];

/** A misspelt setting would otherwise be a default in silence. */
const unknownNames = (context: Given): readonly string[] =>
  Object.keys(context)
    .filter((name) => !/[:/]/.test(name) && !CDK_NAMES.includes(name) && !Object.hasOwn(SETTINGS, name))
    .map(
      (name) => `${name} is not a setting; the settings are ${Object.keys(SETTINGS).toSorted().join(', ')}`,
    );
