import { limitsOf, text } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: text,
  metricsNamespace: text,
  ...limitsOf('sweep-challenges'),
} as const;
