import { limitsOf, textVariable } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: textVariable,
  metricsNamespace: textVariable,
  ...limitsOf('sweep-challenges'),
} as const;
