import { flagVariable, limitsOf, textVariable } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: textVariable,
  metricsNamespace: textVariable,
  addressKeySecretArn: textVariable,
  stateMachineArn: textVariable,
  /** Whether codes go only to addresses that Cognito marks as verified. */
  requireVerifiedEmail: flagVariable,
  ...limitsOf('create-auth-challenge'),
} as const;
