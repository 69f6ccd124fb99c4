import { text } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: text,
  metricsNamespace: text,
  /** Only mails sent with this configuration set are ours. */
  configurationSet: text,
} as const;
