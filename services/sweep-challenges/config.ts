import { MAX_ATTEMPTS } from '../../shared/domain/limits.ts';
import { integer, text } from '../../shared/lambda/config.ts';

export const envSchema = {
  TABLE_NAME: text,
  METRICS_NAMESPACE: text,
  MAX_ATTEMPTS: integer(MAX_ATTEMPTS),
} as const;
