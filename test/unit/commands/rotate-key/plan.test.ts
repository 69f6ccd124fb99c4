import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateKey, writeKeyring } from '../../../../commands/rotate-key/keyring.ts';
import {
  KEPT_MS,
  LEAD_MS,
  LEAST_BETWEEN_MS,
  planRotation,
  REPLACEMENT,
} from '../../../../commands/rotate-key/plan.ts';
import { keyFor, parseKeyring } from '../../../../shared/domain/keyring.ts';
import { LIMITS } from '../../../../shared/domain/limits.ts';
import { KEY_CACHE_MS } from '../../../../shared/lambda/key-source.ts';
import { aChallengeId, MINUTE, NOW } from '../../../support/table/challenges.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('a rotation', () => {
  it('announces a key longer ahead than functions use a keyring that they have read', () => {
    const plan = planRotation([0], NOW);

    expect(plan).toEqual({ kind: 'add', notBefore: NOW + 10 * MINUTE, keep: [0] });
    expect(LEAD_MS).toBeGreaterThan(KEY_CACHE_MS);
  });

  it('drops the keys that no answer can need any more, however late it comes', () => {
    const [older, old, recent] = [NOW - 9 * DAY, NOW - 2 * DAY, NOW - 25 * HOUR];

    expect(planRotation([recent, 0, old, older], NOW)).toMatchObject({ keep: [recent] });
  });

  it('is refused while the newest key is not in force, and says from when on it may be', () => {
    const notBefore = NOW + 4 * MINUTE;

    expect(planRotation([0, notBefore], NOW)).toEqual({
      kind: 'announced',
      notBefore,
      again: notBefore - LEAD_MS + DAY,
    });
  });

  it('is refused for a day after the last one', () => {
    const rotatedAt = NOW - 23 * HOUR;
    const again = rotatedAt + DAY;
    const keys = [0, rotatedAt + LEAD_MS];

    expect(planRotation(keys, NOW)).toEqual({ kind: 'recent', rotatedAt, again });
    expect(planRotation(keys, again - 1)).toMatchObject({ kind: 'recent' });
    expect(planRotation(keys, again)).toMatchObject({ kind: 'add' });
  });

  it('may follow an emergency at once, which leaves one key for all challenges', () => {
    expect(planRotation([REPLACEMENT.notBefore], NOW)).toMatchObject({ kind: 'add' });
  });
});

interface Run {
  readonly at: number;
  readonly before: string;
  readonly after: string;
}

/** The keyring before and after each rotation that took place; `pauses` are the times between the attempts. */
const runsAfter = (pauses: readonly number[]): readonly Run[] => {
  let now = NOW;
  let text = writeKeyring('', REPLACEMENT, generateKey());
  return pauses.flatMap((pause) => {
    now += pause;
    const plan = planRotation(
      parseKeyring(text).map(({ notBefore }) => notBefore),
      now,
    );
    if (plan.kind !== 'add') return [];
    const before = text;
    text = writeKeyring(before, plan, generateKey());
    return [{ at: now, before, after: text }];
  });
};

const pauses = fc.array(fc.integer({ min: 0, max: 3 * DAY }), { minLength: 1, maxLength: 6 });
const sameKey = (one: string, other: string, at: number): boolean => {
  const id = aChallengeId(0, at);
  return keyFor(parseKeyring(one), id).equals(keyFor(parseKeyring(other), id));
};

describe('whenever rotations take place', () => {
  it('a challenge that is live then, or begins before the new key is in force, keeps its key', () => {
    const life = LIMITS.codeLifetime.max * 1000;
    fc.assert(
      fc.property(pauses, fc.integer({ min: -KEPT_MS, max: LEAD_MS - 1 }), (times, age) => {
        expect(KEPT_MS).toBeGreaterThan(life);
        for (const { at, before, after } of runsAfter(times)) {
          expect(sameKey(before, after, at + age)).toBe(true);
        }
      }),
    );
  });

  it('a challenge that begins with the new key never has an old one', () => {
    fc.assert(
      fc.property(pauses, fc.integer({ min: 0, max: DAY }), (times, later) => {
        for (const { at, before, after } of runsAfter(times)) {
          expect(sameKey(before, after, at + LEAD_MS + later)).toBe(false);
        }
      }),
    );
  });

  it('a function that read the keyring just before has the new one when the new key begins', () => {
    fc.assert(
      fc.property(pauses, (times) => {
        for (const { at, after } of runsAfter(times)) {
          const newest = Math.max(...parseKeyring(after).map(({ notBefore }) => notBefore));
          expect(newest).toBeGreaterThan(at + KEY_CACHE_MS);
        }
      }),
    );
  });

  it('the keyring stays small, and a day is between two of them', () => {
    fc.assert(
      fc.property(pauses, (times) => {
        const runs = runsAfter(times);
        for (const { after } of runs) expect(Object.keys(JSON.parse(after)).length).toBeLessThanOrEqual(2);
        for (const [index, { at }] of runs.entries()) {
          const next = runs[index + 1];
          if (next !== undefined) expect(next.at - at).toBeGreaterThanOrEqual(LEAST_BETWEEN_MS);
        }
      }),
    );
  });
});
