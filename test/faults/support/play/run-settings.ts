/** The settings of a run: its seed, the share of the full number of rounds, and whether only one round is played again. */
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The value of `FAULT_SEED`; otherwise drawn once for the whole run. */
    faultSeed: number;
  }
}

const readNumber = (name: string): number | undefined => {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  const number = Number(text);
  if (!Number.isFinite(number) || number < 0) throw new Error(`${name} must be a number`);
  return number;
};

export const SEED: number = inject('faultSeed');

/** The number of the one round to play, from `FAULT_ROUND`. */
export const ONLY_ROUND: number | undefined = readNumber('FAULT_ROUND');

const SHARE = readNumber('FAULT_ROUNDS') ?? 1;

/** The part of `rounds` that `FAULT_ROUNDS` (1 by default) asks for, but at least one. */
export const scaled = (rounds: number): number => Math.max(1, Math.round(rounds * SHARE));
