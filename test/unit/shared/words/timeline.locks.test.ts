import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../../shared/domain/challenge.ts';
import { readFactName } from '../../../../shared/words/fact-words.ts';
import { standingOf, timelineOf } from '../../../../shared/words/timeline.ts';
import { aChallenge, aFact, MINUTE, NOW, SECOND } from '../../../support/table/challenges.ts';

// What trails say of locks: which answer caused one, which answer was refused by one, and when it ended.

const UNTIL = '2025-01-15T12:15:10.250Z';
const MAILED = { '1#REQUESTED': aFact(), '1#SENT': aFact(NOW + 2 * SECOND) };
const mailed = "mailed 12:00:02, no report from the recipient's server";

const steps = (events: Readonly<Record<string, Fact>>) =>
  timelineOf(aChallenge({ events })).map(({ words }) => words);

describe('a wrong answer that locks the user', () => {
  const locked = (until: string) => ({
    ...MAILED,
    LOCKED: aFact(NOW + 10 * SECOND, { until }),
    'attempt#a': aFact(NOW + 10 * SECOND),
  });

  it('is followed by the lock and its end', () => {
    expect(steps(locked(UNTIL))).toEqual([
      'code requested',
      'mailed',
      'wrong answer',
      'user locked until 2025-01-15 12:15:10',
    ]);
  });

  it('says so in the sentence', () => {
    const challenge = aChallenge({ outcome: 'EXPIRED', events: locked(UNTIL) });

    expect(standingOf(challenge, NOW + 6 * MINUTE)).toBe(
      `${mailed}; one wrong answer; expired 12:05:00; user locked until 2025-01-15 12:15:10`,
    );
  });

  it('says that only an operator helps, where that is so', () => {
    expect(steps(locked('unlocked')).at(-1)).toBe('user locked until an operator unlocks');
  });

  it('says nothing of an end that is not recorded, and shows no address in its place', () => {
    expect(steps({ LOCKED: aFact() })).toEqual(['user locked']);
    expect(steps({ LOCKED: aFact(NOW, { until: 'alice@example.com' }) })).toEqual(['user locked until ***']);
  });
});

describe('a right code while the user is locked', () => {
  const events = {
    ...MAILED,
    REFUSED: aFact(NOW + 20 * SECOND, { until: UNTIL }),
    VERIFIED: aFact(NOW + 20 * SECOND),
  };

  it('is distinguished from one that signs the user in', () => {
    expect(steps(events).slice(2)).toEqual([
      'verified',
      'right code refused: user locked until 2025-01-15 12:15:10',
    ]);
    expect(standingOf(aChallenge({ outcome: 'VERIFIED', events }), NOW + MINUTE)).toBe(
      `${mailed}; right code 12:00:20 while the user was locked, so no sign-in`,
    );
  });
});

describe('an unlocking', () => {
  const fact = (at: number, reason: string) => aFact(at, { failures: 20, reason });
  const events = {
    ...MAILED,
    'UNLOCKED#31': fact(NOW + 40 * MINUTE, 'called again, alice@example.com'),
    'UNLOCKED#24': fact(NOW + 20 * MINUTE, 'called, identity checked'),
  };

  it('is listed each time, with the failures and the reason that the operator gave', () => {
    const [first, second] = timelineOf(aChallenge({ events })).slice(2);

    expect(first?.words).toBe('user unlocked by an operator');
    expect(first?.details).toEqual({ 'wrong codes in a row': '20', reason: 'called, identity checked' });
    expect(second?.details.reason).toBe('called again, ***');
  });

  it('is the end of the sentence', () => {
    expect(standingOf(aChallenge({ outcome: 'EXPIRED', events }), NOW + 60 * MINUTE)).toBe(
      `${mailed}; expired 12:05:00; user unlocked by an operator 12:20:00; user unlocked by an operator 12:40:00`,
    );
  });

  it('is known by its name, and no other name with a number is taken for it', () => {
    expect(readFactName('UNLOCKED#24')).toEqual({ kind: 'UNLOCKED' });
    expect(readFactName('OPENED#24')).toEqual({ kind: 'OPENED#24' });
  });
});

describe('tokens that are refused', () => {
  it.each([
    [
      'name the app client that asked',
      { client: '1h57kf5cpq17m0eml12EXAMPLE' },
      'tokens refused to app client 1h57kf5cpq17m0eml12EXAMPLE',
    ],
    ['name none in the trails of earlier releases', {}, 'tokens refused'],
  ])('%s', (_, details, words) => {
    const challenge = aChallenge({
      outcome: 'VERIFIED',
      events: { ...MAILED, TOKENS_REFUSED: aFact(NOW + 30 * SECOND, details) },
    });

    expect(standingOf(challenge, NOW + MINUTE)).toBe(`${mailed}; verified; ${words} 12:00:30`);
  });
});
