import { MAX_ROUNDS } from '../../shared/domain/limits.ts';
import { integer } from '../../shared/lambda/config.ts';

export const envSchema = {
  /** Rounds (answers and resends) after which the sign-in ends. */
  MAX_ROUNDS: integer(MAX_ROUNDS),
} as const;
