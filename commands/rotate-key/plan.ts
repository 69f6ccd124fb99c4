/** Decides what a rotation does with the keyring. The times of the keys are enough for that; nothing here sees a key. */
import { LIMITS } from '../../shared/domain/limits.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long before its start a key is announced: twice the time for which functions use a keyring that they have read. */
export const LEAD_MS = 10 * MINUTE;

/** Least time between two rotations. More keys in a day make nothing safer, and Secrets Manager keeps old versions for a while. */
export const LEAST_BETWEEN_MS = 24 * HOUR;

/**
 * How long after its code's life an answer may come and still need the key, because it gets "over" and not an error.
 * Cognito waits up to 15 minutes for an answer; the same time is added for clocks that differ.
 */
const LATE_ANSWER_MS = 15 * MINUTE;
export const KEPT_MS = LIMITS.codeLifetime.max * 1000 + 2 * LATE_ANSWER_MS;

/** Keeps the keys of these times and adds one that is valid from `notBefore` on. All times are in epoch milliseconds. */
export interface KeyAddition {
  readonly kind: 'add';
  readonly notBefore: number;
  readonly keep: readonly number[];
}

/** Replaces all keys by one that is valid for every challenge, also for the open ones. */
export interface KeyReplacement {
  readonly kind: 'replace';
  readonly notBefore: 0;
}

/** Does nothing until `again`: the newest key is not in force yet, or the last rotation is too recent. */
export type RotationRefusal =
  | { readonly kind: 'announced'; readonly notBefore: number; readonly again: number }
  | { readonly kind: 'recent'; readonly rotatedAt: number; readonly again: number };

/** Returns the keys that a challenge may still need: the one in force at `since`, and all later ones. */
const keysToKeep = (notBefores: readonly number[], since: number): readonly number[] => {
  const inForce = Math.max(...notBefores.filter((notBefore) => notBefore <= since));
  return notBefores.filter((notBefore) => notBefore >= inForce);
};

/** `notBefores` are the start times of the keyring's keys, in any order. */
export const planRotation = (notBefores: readonly number[], now: number): KeyAddition | RotationRefusal => {
  const newest = Math.max(...notBefores);
  const rotatedAt = newest - LEAD_MS;
  const again = rotatedAt + LEAST_BETWEEN_MS;
  if (newest > now) return { kind: 'announced', notBefore: newest, again };
  if (again > now) return { kind: 'recent', rotatedAt, again };
  return { kind: 'add', notBefore: now + LEAD_MS, keep: keysToKeep(notBefores, now - KEPT_MS) };
};

/** The plan for an emergency. It depends on nothing, because no key of the keyring is kept. */
export const REPLACEMENT: KeyReplacement = { kind: 'replace', notBefore: 0 };
