import { limitsOf, text } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: text,
  metricsNamespace: text,
  keySecretArn: text,
  configurationSet: text,
  /** The address that codes come from, `otp@example.com` or `Example <otp@example.com>`. */
  emailSender: text,
  ...limitsOf('deliver-code'),
} as const;
