import { integer, text } from '../../shared/config.ts';
import { CODE_LENGTH, MAX_ATTEMPTS } from '../../shared/limits.ts';
import { lockEnvSchema } from '../../shared/lock-limits.ts';

export const envSchema = {
  TABLE_NAME: text,
  METRICS_NAMESPACE: text,
  KEY_SECRET_ARN: text,
  CODE_LENGTH: integer(CODE_LENGTH),
  MAX_ATTEMPTS: integer(MAX_ATTEMPTS),
  ...lockEnvSchema,
} as const;
