import { flag, limitsOf, text } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: text,
  metricsNamespace: text,
  stateMachineArn: text,
  /** Whether codes go only to addresses that Cognito marks as verified. */
  requireVerifiedEmail: flag,
  ...limitsOf('create-auth-challenge'),
} as const;
