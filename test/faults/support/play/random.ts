/** Random-looking numbers that are computed from a seed, so that a round can be played again. */

export interface Random {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number from `min` to `max`. */
  whole(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** A version 4 UUID, as Cognito's subs are. */
  uuid(): string;
}

/** The hash FNV-1a: texts that differ a little give numbers that differ much. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
};

const toUuid = (hex: string): string =>
  hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');

/** The same `parts` give the same numbers. The generator is mulberry32, which is good enough to choose faults by. */
export const createRandom = (...parts: readonly (string | number)[]): Random => {
  let state = hash(parts.join('/'));
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    pick: <T>(from: readonly [T, ...T[]]) => from[whole(0, from.length - 1)] as T,
    uuid: () => toUuid(Array.from({ length: 32 }, () => whole(0, 15).toString(16)).join('')),
  };
};
