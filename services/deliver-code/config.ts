import { limitsOf, optionalTextVariable, textVariable } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: textVariable,
  metricsNamespace: textVariable,
  addressKeySecretArn: textVariable,
  keySecretArn: textVariable,
  configurationSet: textVariable,
  /** The address that codes are sent from, as SES takes it: `otp@example.com` or `Example <otp@example.com>`, all ASCII. */
  emailSender: textVariable,
  /** Where the settings of the mail are, for tests; otherwise in `mail.json`, beside the code. */
  mailFile: optionalTextVariable,
  /** The URL of the function behind the link "this was not me", if mails have one. */
  reportUrl: optionalTextVariable,
  ...limitsOf('deliver-code'),
} as const;
