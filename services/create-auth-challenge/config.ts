import { flag, integer, text } from '../../shared/config.ts';
import {
  AUDIT_RETENTION_DAYS,
  CODE_LENGTH,
  CODE_LIFETIME_SECONDS,
  MAX_ATTEMPTS,
  RESEND_COOLDOWN_SECONDS,
} from '../../shared/limits.ts';

export const envSchema = {
  TABLE_NAME: text,
  METRICS_NAMESPACE: text,
  STATE_MACHINE_ARN: text,
  CODE_LENGTH: integer(CODE_LENGTH),
  CODE_LIFETIME_SECONDS: integer(CODE_LIFETIME_SECONDS),
  MAX_ATTEMPTS: integer(MAX_ATTEMPTS),
  RESEND_COOLDOWN_SECONDS: integer(RESEND_COOLDOWN_SECONDS),
  AUDIT_RETENTION_DAYS: integer(AUDIT_RETENTION_DAYS),
  /** Whether codes go only to addresses that Cognito marks as verified. */
  REQUIRE_VERIFIED_EMAIL: flag,
} as const;
