import { text } from '../../shared/lambda/config.ts';

export const envSchema = {
  TABLE_NAME: text,
  METRICS_NAMESPACE: text,
  /** Only mails sent with this configuration set are ours. */
  CONFIGURATION_SET: text,
} as const;
