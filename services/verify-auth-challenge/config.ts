import { limitsOf, text } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: text,
  metricsNamespace: text,
  keySecretArn: text,
  ...limitsOf('verify-auth-challenge'),
} as const;
