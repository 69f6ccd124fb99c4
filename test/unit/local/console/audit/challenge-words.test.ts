import { describe, expect, it } from 'vitest';
import { problemsOf, stateOf, stepTone } from '../../../../../local/console/audit/challenge-words.ts';
import type { Fact, Outcome } from '../../../../../shared/domain/challenge.ts';
import { aChallenge, aFact, NOW, SECOND } from '../../../../support/table/challenges.ts';

const withFacts = (...names: readonly string[]) => {
  const events: Record<string, Fact> = { '1#REQUESTED': aFact() };
  for (const [index, name] of names.entries()) events[name] = aFact(NOW + (index + 1) * SECOND);
  return aChallenge({ events });
};

describe('how a challenge stands', () => {
  it.each([
    ['VERIFIED', 'good', 'Verified'],
    ['EXHAUSTED', 'bad', 'Exhausted'],
    ['EXPIRED', 'warn', 'Expired'],
    ['ORPHANED', 'bad', 'Orphaned'],
    ['REPLACED', 'warn', 'Replaced'],
    ['REVOKED', 'bad', 'Revoked'],
    ['MISLAID', 'plain', 'MISLAID'],
  ])('is said of one that is %s, also where the outcome is new', (outcome, tone, text) => {
    expect(stateOf({ outcome: outcome as Outcome, expiresAt: NOW }, NOW)).toEqual({ tone, text });
  });

  it('depends on the time as long as there is no outcome', () => {
    const challenge = { expiresAt: NOW };

    expect(stateOf(challenge, NOW - 1).text).toBe('Open');
    expect(stateOf(challenge, NOW).text).toBe('Expired, not closed yet');
  });
});

describe('what went wrong with a challenge', () => {
  const kinds = (...names: readonly string[]) => problemsOf(withFacts(...names)).map(({ kind }) => kind);

  it.each([
    ['nothing where the mail arrived', ['1#SENT', '1#DELIVERED', 'VERIFIED'], []],
    ['nothing where a delayed mail arrived after all', ['1#SENT', '1#DELAYED', '1#DELIVERED'], []],
    ['that it was not mailed', ['1#SEND_FAILED'], ['FAILED']],
    ['that the mail is delayed', ['1#SENT', '1#DELAYED'], ['DELAYED']],
    ['that a server first took the mail and then returned it', ['1#DELIVERED', '1#BOUNCED'], ['BOUNCED']],
    ['that it was marked as spam', ['1#DELIVERED', '1#COMPLAINED'], ['COMPLAINED']],
    [
      'each mail’s problem',
      ['1#SUPPRESSED', '2#RESEND_REQUESTED', '2#SEND_FAILED'],
      ['FAILED', 'SUPPRESSED'],
    ],
    ['the same of two mails once', ['1#BOUNCED', '2#RESEND_REQUESTED', '2#BOUNCED'], ['BOUNCED']],
    ['wrong answers', ['1#DELIVERED', 'attempt#a', 'attempt#b'], ['WRONG_ANSWERS']],
    ['that a wrong answer locked the user', ['attempt#a', 'LOCKED'], ['WRONG_ANSWERS', 'LOCKED']],
    ['that a right code found the user locked', ['1#DELIVERED', 'VERIFIED', 'REFUSED'], ['REFUSED']],
    ['that it was reported after its end', ['VERIFIED', 'REPORTED'], ['REPORTED']],
    ['nothing where a fact is new', ['1#POSTPONED', 'PRAISED'], []],
  ])('is %s', (_, facts, expected) => {
    expect(kinds(...facts)).toEqual(expected);
  });

  it('counts the wrong answers', () => {
    expect(problemsOf(withFacts('attempt#a')).at(-1)?.text).toBe('1 wrong answer');
    expect(problemsOf(withFacts('attempt#a', 'attempt#b')).at(-1)?.text).toBe('2 wrong answers');
  });
});

it.each([
  ['1#DELIVERED', 'good'],
  ['2#BOUNCED', 'bad'],
  ['attempt#round', 'warn'],
  ['LOCKED', 'bad'],
  ['REFUSED', 'bad'],
  ['REPORTED', 'bad'],
  ['notice-locked#BOUNCED', 'bad'],
  ['UNLOCKED#7', 'warn'],
  ['1#REQUESTED', 'plain'],
  ['toString', 'plain'],
])('a step %s is %s', (name, tone) => {
  expect(stepTone(name)).toBe(tone);
});
