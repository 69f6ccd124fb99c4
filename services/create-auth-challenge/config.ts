import { flagVariable, limitsOf, textVariable, wholeVariable } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: textVariable,
  metricsNamespace: textVariable,
  addressKeySecretArn: textVariable,
  stateMachineArn: textVariable,
  /** Whether codes go only to addresses that Cognito marks as verified. */
  requireVerifiedEmail: flagVariable,
  /** The shortest time that Cognito waits for a code in a client of the pool; a sign-in may end before its code does. */
  sessionValiditySeconds: wholeVariable(180, 900),
  ...limitsOf('create-auth-challenge'),
} as const;
