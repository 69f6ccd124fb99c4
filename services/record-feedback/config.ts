import { textVariable } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: textVariable,
  metricsNamespace: textVariable,
  /** Only mails sent with this configuration set belong to this service. */
  configurationSet: textVariable,
} as const;
