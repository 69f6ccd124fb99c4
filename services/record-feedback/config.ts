import { limitsOf, textVariable } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: textVariable,
  metricsNamespace: textVariable,
  /** Only mails sent with this configuration set belong to this service. */
  configurationSet: textVariable,
} as const;

/** For the function behind the link "this was not me", which needs other variables. */
export const reportEnvSchema = {
  tableName: textVariable,
  metricsNamespace: textVariable,
  ...limitsOf('record-feedback/report'),
} as const;
