import { optionalTextVariable, textVariable } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: textVariable,
  metricsNamespace: textVariable,
  /** The app's own pre token generation function, if it has one. */
  preTokenFunctionArn: optionalTextVariable,
} as const;
