import { text } from '../../shared/lambda/config.ts';

export const envSchema = {
  TABLE_NAME: text,
  METRICS_NAMESPACE: text,
} as const;
