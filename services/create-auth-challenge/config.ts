import {
  AUDIT_RETENTION_DAYS,
  CODE_LENGTH,
  CODE_LIFETIME_SECONDS,
  LATER_RESEND_COOLDOWN_SECONDS,
  MAX_ATTEMPTS,
  RESEND_COOLDOWN_SECONDS,
  SENDS_PER_DAY,
  SENDS_PER_WINDOW,
} from '../../shared/domain/limits.ts';
import { flag, integer, text } from '../../shared/lambda/config.ts';
import { lockEnvSchema } from '../../shared/lambda/lock-config.ts';

export const envSchema = {
  TABLE_NAME: text,
  METRICS_NAMESPACE: text,
  STATE_MACHINE_ARN: text,
  CODE_LENGTH: integer(CODE_LENGTH),
  CODE_LIFETIME_SECONDS: integer(CODE_LIFETIME_SECONDS),
  MAX_ATTEMPTS: integer(MAX_ATTEMPTS),
  RESEND_COOLDOWN_SECONDS: integer(RESEND_COOLDOWN_SECONDS),
  LATER_RESEND_COOLDOWN_SECONDS: integer(LATER_RESEND_COOLDOWN_SECONDS),
  SENDS_PER_WINDOW: integer(SENDS_PER_WINDOW),
  SENDS_PER_DAY: integer(SENDS_PER_DAY),
  ...lockEnvSchema,
  AUDIT_RETENTION_DAYS: integer(AUDIT_RETENTION_DAYS),
  /** Whether codes go only to addresses that Cognito marks as verified. */
  REQUIRE_VERIFIED_EMAIL: flag,
} as const;
