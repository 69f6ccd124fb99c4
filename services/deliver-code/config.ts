import { limitsOf, textVariable } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: textVariable,
  metricsNamespace: textVariable,
  addressKeySecretArn: textVariable,
  keySecretArn: textVariable,
  configurationSet: textVariable,
  /** The address that codes are sent from, as SES takes it: `otp@example.com` or `Example <otp@example.com>`, all ASCII. */
  emailSender: textVariable,
  ...limitsOf('deliver-code'),
} as const;
