import { limitsOf, textVariable } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: textVariable,
  metricsNamespace: textVariable,
  addressKeySecretArn: textVariable,
  keySecretArn: textVariable,
  ...limitsOf('verify-auth-challenge'),
} as const;
