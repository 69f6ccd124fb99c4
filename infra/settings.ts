/** The operator's settings: CDK context in, checked values out, every problem named at once. */
import {
  AUDIT_RETENTION_DAYS,
  CODE_LENGTH,
  CODE_LIFETIME_SECONDS,
  type Limit,
  MAX_ATTEMPTS,
  MAX_ROUNDS,
  RESEND_COOLDOWN_SECONDS,
} from '../shared/limits.ts';

export interface Settings {
  /** The address that codes come from, `otp@example.com` or `Example <otp@example.com>`. */
  readonly emailSender: string;
  readonly codeLength: number;
  /** Seconds. */
  readonly codeLifetime: number;
  readonly maxAttempts: number;
  readonly maxRounds: number;
  /** Seconds. */
  readonly resendCooldown: number;
  /** Minutes for which Cognito waits for the answer to each challenge. */
  readonly sessionValidity: number;
  /** Send codes only to addresses that Cognito marks as verified. */
  readonly requireVerifiedEmail: boolean;
  /** Days. */
  readonly auditRetention: number;
  /** Copies every challenge, as it is written, into a bucket where nobody can delete it. */
  readonly auditArchive: boolean;
  /** Days for which the archive's objects cannot be deleted; a later change is for new objects only. */
  readonly archiveRetention: number;
  /** Protects the user pool and the table from deletion. */
  readonly deletionProtection: boolean;
}

/** Cognito's range for `AuthSessionValidity`, minutes. */
const SESSION_VALIDITY: Limit = { min: 3, max: 15, default: 15 };

/** Days, in the range that the table's trail has; S3 itself takes up to 100 years. */
const ARCHIVE_RETENTION: Limit = { min: 1, max: 3650, default: 400 };

const numbers = {
  codeLength: CODE_LENGTH,
  codeLifetime: CODE_LIFETIME_SECONDS,
  maxAttempts: MAX_ATTEMPTS,
  maxRounds: MAX_ROUNDS,
  resendCooldown: RESEND_COOLDOWN_SECONDS,
  sessionValidity: SESSION_VALIDITY,
  auditRetention: AUDIT_RETENTION_DAYS,
  archiveRetention: ARCHIVE_RETENTION,
} as const satisfies Partial<Record<keyof Settings, Limit>>;

const flags = {
  requireVerifiedEmail: false,
  auditArchive: false,
  deletionProtection: false,
} as const satisfies Partial<Record<keyof Settings, boolean>>;

const ADDRESS =
  /^(?!.{65,}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

/** A display name in ASCII, quoted where it holds more than letters, digits and spaces (RFC 5322 sections 3.2.3 and 3.2.4). */
const SENDER = /^(?:(?:[A-Za-z0-9][A-Za-z0-9 '&+_-]{0,63}|"[ !#-;=?-[\]-~]{1,64}") <[^<>]*>|[^<> ]*)$/;

/** The bare address of a sender such as `Example <otp@example.com>`. */
export const senderAddress = (sender: string): string => /<([^<>]*)>$/.exec(sender)?.[1] ?? sender;

const isSender = (sender: string): boolean => SENDER.test(sender) && ADDRESS.test(senderAddress(sender));

/** Settings that cannot be used; the message names each with its range. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Reads the settings out of CDK context, where `-c` makes every value a string. Throws `SettingsError`. */
export const readSettings = (context: Readonly<Record<string, unknown>>): Settings => {
  const problems: string[] = [];

  const number = ([name, { min, max, default: fallback }]: [string, Limit]) => {
    const value = context[name] ?? fallback;
    const valid = /^\d{1,9}$/.test(String(value)) && Number(value) >= min && Number(value) <= max;
    if (!valid) problems.push(`${name} must be a whole number from ${min} to ${max} (default ${fallback})`);
    return [name, Number(value)];
  };
  const flag = ([name, fallback]: [string, boolean]) => {
    const value = String(context[name] ?? fallback);
    if (value !== 'true' && value !== 'false')
      problems.push(`${name} must be true or false (default ${fallback})`);
    return [name, value === 'true'];
  };

  const emailSender = String(context.emailSender ?? '');
  if (emailSender === '') {
    problems.push('emailSender is required: the address codes come from, -c emailSender=otp@example.com');
  } else if (!isSender(emailSender)) {
    problems.push(
      'emailSender must be otp@example.com or "Example <otp@example.com>", its name in plain letters',
    );
  }
  const settings = Object.fromEntries([
    ...Object.entries(numbers).map(number),
    ...Object.entries(flags).map(flag),
    ['emailSender', emailSender],
  ]) as Settings;
  problems.push(...unknownNames(context, Object.keys(settings)));
  if (problems.length > 0) throw new SettingsError(`Wrong settings:\n- ${problems.join('\n- ')}`);
  return settings;
};

/** The context of the CDK itself, besides names with a colon or a slash. */
const CDK_NAMES: readonly string[] = ['acknowledged-issue-numbers', 'cli-telemetry'];

/** A misspelt setting would otherwise be a default in silence. */
const unknownNames = (context: Readonly<Record<string, unknown>>, known: readonly string[]): string[] =>
  Object.keys(context)
    .filter((name) => !/[:/]/.test(name) && !CDK_NAMES.includes(name) && !known.includes(name))
    .map((name) => `${name} is not a setting; the settings are ${known.toSorted().join(', ')}`);
