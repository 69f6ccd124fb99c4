import { CODE_LENGTH } from '../../shared/domain/limits.ts';
import { integer, text } from '../../shared/lambda/config.ts';

export const envSchema = {
  TABLE_NAME: text,
  METRICS_NAMESPACE: text,
  KEY_SECRET_ARN: text,
  CONFIGURATION_SET: text,
  /** The address that codes come from, `otp@example.com` or `Example <otp@example.com>`. */
  EMAIL_SENDER: text,
  CODE_LENGTH: integer(CODE_LENGTH),
} as const;
