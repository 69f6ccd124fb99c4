import { textVariable } from '../../shared/lambda/config.ts';

export const envSchema = {
  tableName: textVariable,
  metricsNamespace: textVariable,
} as const;
