import { integer } from '../../shared/config.ts';
import { MAX_ROUNDS } from '../../shared/limits.ts';

export const envSchema = {
  /** Rounds (answers and resends) after which the sign-in ends. */
  MAX_ROUNDS: integer(MAX_ROUNDS),
} as const;
