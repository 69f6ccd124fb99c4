/** What a rotation does with the keyring: decided by the times of the keys alone, so nothing here sees a key. */
import { LIMITS } from '../../shared/domain/limits.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How far ahead a key is announced: twice as long as functions use a keyring that they have read. */
export const LEAD_MS = 10 * MINUTE;

/** Between two rotations. More keys in a day make nothing safer, and Secrets Manager keeps each version for a while. */
export const LEAST_BETWEEN_MS = 24 * HOUR;

/**
 * An answer may come when its code is long over: Cognito waits up to 15 minutes for one, on top of the longest life of
 * a code, and is told "over" then, not an error. As much again for clocks that differ.
 */
const LATE_ANSWER_MS = 15 * MINUTE;
export const KEPT_MS = LIMITS.codeLifetime.max * 1000 + 2 * LATE_ANSWER_MS;

/** Keep the keys of these times and add one that holds from `notBefore` on. All times in epoch milliseconds. */
export interface KeyAddition {
  readonly kind: 'add';
  readonly notBefore: number;
  readonly keep: readonly number[];
}

/** Throw all keys away for one that holds for every challenge, those that are open among them. */
export interface KeyReplacement {
  readonly kind: 'replace';
  readonly notBefore: 0;
}

/** Do nothing before `again`: the newest key is not in force yet, or the last rotation is too recent. */
export type RotationRefusal =
  | { readonly kind: 'announced'; readonly notBefore: number; readonly again: number }
  | { readonly kind: 'recent'; readonly rotatedAt: number; readonly again: number };

/** The keys that a challenge may still need: those since then, and the one that was in force then. */
const keysToKeep = (notBefores: readonly number[], since: number): readonly number[] => {
  const inForce = Math.max(...notBefores.filter((notBefore) => notBefore <= since));
  return notBefores.filter((notBefore) => notBefore >= inForce);
};

/** `notBefores` are the keyring's, in any order. */
export const planRotation = (notBefores: readonly number[], now: number): KeyAddition | RotationRefusal => {
  const newest = Math.max(...notBefores);
  const rotatedAt = newest - LEAD_MS;
  const again = rotatedAt + LEAST_BETWEEN_MS;
  if (newest > now) return { kind: 'announced', notBefore: newest, again };
  if (again > now) return { kind: 'recent', rotatedAt, again };
  return { kind: 'add', notBefore: now + LEAD_MS, keep: keysToKeep(notBefores, now - KEPT_MS) };
};

/** Depends on nothing: in an emergency no key of the keyring is worth keeping. */
export const REPLACEMENT: KeyReplacement = { kind: 'replace', notBefore: 0 };
