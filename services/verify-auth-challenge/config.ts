import { CODE_LENGTH, MAX_ATTEMPTS } from '../../shared/domain/limits.ts';
import { integer, text } from '../../shared/lambda/config.ts';
import { lockEnvSchema } from '../../shared/lambda/lock-config.ts';

export const envSchema = {
  TABLE_NAME: text,
  METRICS_NAMESPACE: text,
  KEY_SECRET_ARN: text,
  CODE_LENGTH: integer(CODE_LENGTH),
  MAX_ATTEMPTS: integer(MAX_ATTEMPTS),
  ...lockEnvSchema,
} as const;
