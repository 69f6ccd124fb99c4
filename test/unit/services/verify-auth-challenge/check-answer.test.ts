import { describe, expect, test } from 'vitest';
import { checkAnswer } from '../../../../services/verify-auth-challenge/check-answer.ts';
import type { Challenge } from '../../../../shared/domain/challenge.ts';
import { deriveCode } from '../../../../shared/domain/code.ts';
import { KeyringError } from '../../../../shared/domain/keyring.ts';
import { aChallenge, aFact, KEY, MINUTE, NOW, REF } from '../../../support/table/challenges.ts';
import { anAnswerTo, aVerifier, CODE, MAX_ATTEMPTS, WRONG } from './a-verifier.ts';

describe('a right answer', () => {
  test('is one write to the challenge and then one to the user record', async () => {
    const verifier = await aVerifier();

    const outcome = await verifier.check({ answer: CODE });

    expect(outcome).toBe('verified');
    expect(verifier.calls).toEqual(['keyFor', 'consume notLast', 'clearFailures']);
  });

  test.each([
    ['spaced', `${CODE.slice(0, 3)} ${CODE.slice(3)}`],
    ['dashed', `${CODE.slice(0, 3)}–${CODE.slice(3)}`],
    ['full-width', CODE.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))],
  ])('is right when it is %s', async (_, answer) => {
    const verifier = await aVerifier();

    const outcome = await verifier.check({ answer });

    expect(outcome).toBe('verified');
  });

  test.each([
    ['verified before', { outcome: 'VERIFIED' }],
    ['exhausted', { outcome: 'EXHAUSTED', attempts: MAX_ATTEMPTS }],
    ['expired', { expiresAt: NOW }],
  ] satisfies [string, Partial<Challenge>][])(
    'is refused when the challenge is %s, and leaves the user record alone',
    async (_, changes) => {
      const verifier = await aVerifier([aChallenge(changes)]);

      const outcome = await verifier.check({ answer: CODE });

      expect(outcome).toBe('closed');
      expect(verifier.calls).toEqual(['keyFor', 'consume notLast', 'read']);
    },
  );
});

test('a right answer may use the last attempt that other answers have left', async () => {
  const verifier = await aVerifier([aChallenge({ attempts: MAX_ATTEMPTS - 1 })]);

  const outcome = await verifier.check({ answer: CODE, attempts: 0 });

  expect(outcome).toBe('verified');
  expect(verifier.calls).toEqual(['keyFor', 'consume notLast', 'read', 'consume last', 'clearFailures']);
});

test.each([
  ['right', CODE, 'consume'],
  ['wrong', WRONG, 'countAttempt'],
])(
  'a %s answer that sees the last attempt and finds it taken makes as many calls as any other',
  async (_, answer, call) => {
    const verifier = await aVerifier([aChallenge({ outcome: 'EXHAUSTED', attempts: MAX_ATTEMPTS })]);

    const outcome = await verifier.check({ answer, attempts: MAX_ATTEMPTS - 1 });

    expect(outcome).toBe('closed');
    expect(verifier.calls).toEqual(['keyFor', `${call} last`, 'read']);
  },
);

describe('a wrong answer', () => {
  test('is one write to the challenge and then one to the user record', async () => {
    const verifier = await aVerifier();

    const outcome = await verifier.check();

    expect(outcome).toBe('wrong');
    expect(verifier.calls).toEqual(['keyFor', 'countAttempt notLast', 'countFailure']);
  });

  test('is as many calls when it exhausts the challenge', async () => {
    const verifier = await aVerifier([aChallenge({ attempts: MAX_ATTEMPTS - 1 })]);

    const outcome = await verifier.check({ attempts: MAX_ATTEMPTS - 1 });

    expect(outcome).toBe('exhausted');
    expect(verifier.calls).toEqual(['keyFor', 'countAttempt last', 'countFailure exhausted']);
    expect((await verifier.stores.stored())?.outcome).toBe('EXHAUSTED');
  });

  test('is counted on top of what is stored when other answers came first', async () => {
    const verifier = await aVerifier([aChallenge({ attempts: 3 })]);

    const outcome = await verifier.check({ attempts: 0 });

    expect(outcome).toBe('wrong');
    expect(verifier.calls).toEqual(['keyFor', 'countAttempt notLast', 'countFailure']);
  });

  test('exhausts the challenge when the others have left it the last attempt', async () => {
    const verifier = await aVerifier([aChallenge({ attempts: MAX_ATTEMPTS - 1 })]);

    const outcome = await verifier.check({ attempts: 0 });

    expect(outcome).toBe('exhausted');
    expect(verifier.calls).toEqual([
      'keyFor',
      'countAttempt notLast',
      'read',
      'countAttempt last',
      'countFailure exhausted',
    ]);
  });

  test.each([
    ['wrong', { attempts: 1 }, 'countFailure'],
    ['exhausted', { attempts: MAX_ATTEMPTS, outcome: 'EXHAUSTED' }, 'countFailure exhausted'],
  ] satisfies [string, Partial<Challenge>, string][])(
    'is not counted twice for one round, and settles the user record again (%s)',
    async (expected, changes, settled) => {
      const attempt = aFact(NOW, { round: 'round-1' });
      const isOver = expected === 'exhausted';
      const events = { 'attempt#round-1': attempt, ...(isOver && { EXHAUSTED: attempt }) };
      const verifier = await aVerifier([aChallenge({ ...changes, events })]);

      const outcome = await verifier.check();

      expect(outcome).toBe(expected);
      expect(verifier.calls).toEqual(['keyFor', 'countAttempt notLast', 'read', settled]);
    },
  );

  test.each([
    ['over', [aChallenge({ outcome: 'VERIFIED' })]],
    ['expired', [aChallenge({ expiresAt: NOW - MINUTE })]],
    ['missing', []],
  ] satisfies [string, Challenge[]][])('to a challenge that is %s is counted nowhere', async (_, stored) => {
    const verifier = await aVerifier(stored);

    const outcome = await verifier.check();

    expect(outcome).toBe('closed');
    expect(verifier.calls).toEqual(['keyFor', 'countAttempt notLast', 'read']);
  });

  test('differs from the code of the same challenge of another user', async () => {
    const verifier = await aVerifier();
    const others = deriveCode(KEY, { ...REF, userId: 'ffffffff-7c0f-4b3c-9a53-2d1f6f2b7c11' }, 6);

    const outcome = await verifier.check({ answer: others });

    expect(others).not.toBe(CODE);
    expect(outcome).toBe('wrong');
  });
});

test.each([
  ['no text', undefined],
  ['empty', ''],
  ['too short', CODE.slice(1)],
  ['too long', `${CODE}0`],
  ['letters', 'ABCDEF'],
  ['10,000 characters', '1'.repeat(10_000)],
])('makes no call, and costs no attempt, for an answer that is unreadable (%s)', async (_, answer) => {
  const verifier = await aVerifier();

  const outcome = await verifier.check({ answer });

  expect(outcome).toBe('unreadable');
  expect(verifier.calls).toEqual([]);
});

test('fails when the key cannot be read, before anything is written', async () => {
  const verifier = await aVerifier();
  const keyFor = async () => {
    throw new KeyringError('gone');
  };

  const checking = checkAnswer({ ...verifier.deps, keyFor }, anAnswerTo({ answer: CODE }));

  await expect(checking).rejects.toThrow(KeyringError);
  expect(verifier.calls).toEqual([]);
});
