import { describe, expect, test } from 'vitest';
import { checkAnswer } from '../../../../services/verify-auth-challenge/check-answer.ts';
import { aChallenge, CLIENT_ID, NOW, SECOND } from '../../../support/table/challenges.ts';
import { anAnswerTo, aVerifier, CODE, MAX_ATTEMPTS } from './a-verifier.ts';

describe('what is measured', () => {
  test('is a verification and its time since the challenge was created, but not Cognito’s repeat of it', async () => {
    const verifier = await aVerifier();
    const check = (requestId: string) => verifier.check({ answer: CODE, requestId });

    const outcomes = [await check('request-1'), await check('request-2')];

    expect(outcomes).toEqual(['verified', 'verified']);
    expect(verifier.measured.sums()).toEqual({ ChallengeVerified: 1, TimeToVerified: SECOND });
  });

  test('is each wrong answer once, and the exhaustion', async () => {
    const verifier = await aVerifier([aChallenge({ attempts: MAX_ATTEMPTS - 2 })]);

    await verifier.check({ round: 'round-4', requestId: 'request-1' });
    await verifier.check({ round: 'round-4', requestId: 'request-2' });
    await verifier.check({ round: 'round-5', requestId: 'request-3' });
    await verifier.check({ round: 'round-6', requestId: 'request-4' });

    expect(verifier.measured.sums()).toEqual({ AnswerWrong: 2, ChallengeExhausted: 1, NeverMailed: 1 });
  });
});

test('a wrong answer is measured although the answer to its write was lost, and the client has tried again', async () => {
  const verifier = await aVerifier();
  const { countAttempt } = verifier.stores.challenges;
  const lossy: typeof verifier.stores.challenges = {
    ...verifier.stores.challenges,
    countAttempt: async (answer, form) => {
      await countAttempt(answer, form);
      return countAttempt(answer, form);
    },
  };

  const outcome = await checkAnswer(
    { ...verifier.deps, challenges: lossy },
    anAnswerTo({ round: 'round-1', requestId: 'request-1' }),
  );

  expect(outcome).toBe('wrong');
  expect(verifier.measured.sums()).toEqual({ AnswerWrong: 1 });
});

test('a challenge is measured as exhausted once, also where an earlier answer learns late that it was counted', async () => {
  const verifier = await aVerifier([aChallenge({ attempts: MAX_ATTEMPTS - 2 })]);
  const { countAttempt } = verifier.stores.challenges;
  const lossy: typeof verifier.stores.challenges = {
    ...verifier.stores.challenges,
    countAttempt: async (answer, form) => {
      await countAttempt(answer, form);
      await verifier.check({ round: 'round-5', requestId: 'request-5', attempts: MAX_ATTEMPTS - 1 });
      return countAttempt(answer, form);
    },
  };

  const outcome = await checkAnswer(
    { ...verifier.deps, challenges: lossy },
    anAnswerTo({ round: 'round-4', requestId: 'request-4' }),
  );

  expect(outcome).toBe('wrong');
  expect(verifier.measured.sums()).toEqual({ AnswerWrong: 2, ChallengeExhausted: 1, NeverMailed: 1 });
});

test('writes into the trail which request brought the answer, and what its client claims', async () => {
  const verifier = await aVerifier();

  await verifier.check({ requestId: 'request-7', claims: { claimedUserAgent: 'a browser' } });

  expect((await verifier.stores.stored())?.events['attempt#round-1']).toEqual({
    at: new Date(NOW + SECOND).toISOString(),
    by: 'verify-auth-challenge',
    round: 'round-1',
    request: 'request-7',
    client: CLIENT_ID,
    claimedUserAgent: 'a browser',
  });
});
