import { createHmac, createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newChallengeId } from '../../../../shared/domain/challenge.ts';
import { type Code, type CodeSubject, deriveCode, isSameCode } from '../../../../shared/domain/code.ts';
import { aChallengeId, KEY, NOW, USER_ID } from '../../../support/table/challenges.ts';
import { expectEvenCodes } from '../../../support/table/code-spread.ts';

const LENGTHS = [6, 7, 8, 9, 10];

const codeOf = (n: number, length: number) =>
  deriveCode(KEY, { challengeId: aChallengeId(n), userId: USER_ID }, length);

/** The same rule, written a second time with integers of any size: the words in order, without those that are too high. */
const reference = ({ challengeId, userId }: CodeSubject, length: number) => {
  const digest = createHmac('sha256', KEY).update('otp/1').update(challengeId).update(userId).digest('hex');
  const words = Array.from({ length: 5 }, (_, i) => BigInt(`0x${digest.slice(i * 12, i * 12 + 12)}`));
  const codes = 10n ** BigInt(length);
  const fair = (2n ** 48n / codes) * codes;
  const rejected = words.findIndex((word) => word < fair);
  return { code: String((words[rejected] ?? 0n) % codes).padStart(length, '0'), rejected };
};

describe('deriveCode', () => {
  // Computed with another implementation of HMAC (Python's hmac and hashlib) from the rule in the design.
  test.each([
    [0, ['190962', '7190962', '27190962', '227190962', '5227190962']],
    [1, ['494929', '6494929', '16494929', '216494929', '9216494929']],
  ])('returns the known codes of challenge %i for every length', (n, expected) => {
    const codes = LENGTHS.map((length) => codeOf(n, length));

    expect(codes).toEqual(expected);
  });

  test('keeps leading zeros and reaches both ends of the range', () => {
    // Found by counting through the challenge ids.
    const [lowest, highest] = [codeOf(690_543, 6), codeOf(1_234_242, 6)];

    expect(lowest).toBe('000000');
    expect(highest).toBe('999999');
  });

  test('returns exactly as many digits as asked for, and the same ones each time', () => {
    fc.assert(
      fc.property(fc.nat(), fc.uuid(), fc.constantFrom(...LENGTHS), (n, userId, length) => {
        const subject = { challengeId: aChallengeId(n), userId };

        const code = deriveCode(KEY, subject, length);

        expect(code).toMatch(new RegExp(`^[0-9]{${length}}$`));
        expect(deriveCode(KEY, subject, length)).toBe(code);
      }),
    );
  });

  test('agrees with an independent implementation for any challenge, user and length', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 2 ** 41 }),
        fc.string({ minLength: 1 }),
        fc.constantFrom(...LENGTHS),
        (at, userId, length) => {
          const subject = { challengeId: newChallengeId(at), userId };

          const code = deriveCode(KEY, subject, length);

          expect(code).toBe(reference(subject, length).code);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each([
    // Both ids were found by counting: the first six bytes of their digests lie in the incomplete last interval.
    [46_249, '5822565111', '3403818333'],
    [88_598, '5032420890', '1338867658'],
  ])('skips a word that would favour low codes (challenge %i)', (n, expected, biased) => {
    const code = codeOf(n, 10);

    expect(code).toBe(expected);
    expect(code).not.toBe(biased);
    expect(reference({ challengeId: aChallengeId(n), userId: USER_ID }, 10)).toEqual({
      code: expected,
      rejected: 1,
    });
  });

  test('returns another code for another user, challenge or key', () => {
    const subject = { challengeId: aChallengeId(1), userId: USER_ID };

    const codes = [
      deriveCode(KEY, subject, 10),
      deriveCode(KEY, { ...subject, userId: 'ffffffff-7c0f-4b3c-9a53-2d1f6f2b7c11' }, 10),
      deriveCode(KEY, { ...subject, challengeId: aChallengeId(2) }, 10),
      deriveCode(KEY, { ...subject, challengeId: aChallengeId(1, NOW + 1) }, 10),
      deriveCode(createSecretKey('another key, of at least 32 characters', 'utf8'), subject, 10),
    ];

    expect(new Set(codes).size).toBe(codes.length);
  });
});

// Notices a digit that comes a tenth too often. The million codes of `test/bench` notice a seventh of that.
test('spreads the codes of many challenges evenly', () => expectEvenCodes(20_000));

describe('isSameCode', () => {
  test('distinguishes equal codes from codes that differ in any one digit', () => {
    const code = '123456' as Code;

    const others = Array.from(code, (_, i) => `${code.slice(0, i)}0${code.slice(i + 1)}` as Code);

    expect(isSameCode(code, '123456' as Code)).toBe(true);
    expect(others.map((other) => isSameCode(other, code))).toEqual(others.map(() => false));
  });

  test('returns false, and does not throw, for codes of another length', () => {
    const answers = ['', '12345', '1234567'].map((other) => isSameCode(other as Code, '123456' as Code));

    expect(answers).toEqual([false, false, false]);
  });
});
