import { text } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: text,
  metricsNamespace: text,
} as const;
