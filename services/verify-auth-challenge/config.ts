import { limitsOf, optionalTextVariable, textVariable } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: textVariable,
  metricsNamespace: textVariable,
  addressKeySecretArn: textVariable,
  keySecretArn: textVariable,
  /** The workflow that mails notices. Without it, users get none. */
  stateMachineArn: optionalTextVariable,
  ...limitsOf('verify-auth-challenge'),
} as const;
