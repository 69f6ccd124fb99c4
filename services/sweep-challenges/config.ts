import { integer, text } from '../../shared/config.ts';
import { MAX_ATTEMPTS } from '../../shared/limits.ts';

export const envSchema = {
  TABLE_NAME: text,
  METRICS_NAMESPACE: text,
  MAX_ATTEMPTS: integer(MAX_ATTEMPTS),
} as const;
