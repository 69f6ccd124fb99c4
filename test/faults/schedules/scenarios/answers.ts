/** Answers and requests for tokens at once. */

import { countFacts, failuresOf } from '../../support/judge/final-state.ts';
import { always, finalStateOf, outcomesOf, say } from '../product/judge.ts';
import { aGuard, anAnswer, anAnswerForTokens, earlierFailures, LIMITS } from '../product/operations.ts';
import { after, mailed, type Named, round } from '../product/pasts.ts';

const LAST_ATTEMPT: Named = {
  name: 'three answers for the last attempt',
  invariant: 'one of them is judged',
  scenario: async () => {
    const { world, handed } = await mailed();
    const wrong = (n: number) => anAnswer(`wrong answer ${n}`, { kind: 'wrong', round: round(n), ...handed });
    const before = Array.from({ length: LIMITS.maxAttempts - 1 }, (_, n) => wrong(n + 1));
    const answer = { attempts: 0, ...handed };
    return {
      world: await after(world, before),
      operations: [
        anAnswer('right answer', { kind: 'right', round: round(7), ...answer, attempts: before.length }),
        anAnswer('wrong answer 8', { kind: 'wrong', round: round(8), ...answer }),
        anAnswer('wrong answer 9', { kind: 'wrong', round: round(9), ...answer }),
      ],
      faults: 2,
      always,
      finally: ({ results }) => {
        const judged = outcomesOf(results).filter(({ result = 'closed' }) => result !== 'closed');
        return say([[judged.length <= 1, `${judged.length} answers were judged`]]);
      },
    };
  },
};

const REPEATED_ANSWER: Named = {
  name: 'Cognito calls verify twice in a round, and asks for tokens',
  invariant: 'one verification, tokens once, and no failure is counted',
  scenario: async () => {
    const { world, handed } = await mailed();
    const right = { kind: 'right', round: round(1), ...handed } as const;
    return {
      world,
      operations: [
        anAnswer('right answer', right),
        anAnswerForTokens('right answer again', right),
        aGuard('somebody without a code'),
      ],
      faults: 2,
      always,
      finally: ({ world, results }) => {
        const [first, again] = outcomesOf(results);
        const final = finalStateOf(world);
        const wrongly = [first, again].filter((it) => it?.result !== undefined && it.result !== 'verified');
        return say([
          [wrongly.length === 0, 'a right answer was refused'],
          [failuresOf(final) === 0, 'a right answer was counted as a failure'],
        ]);
      },
    };
  },
};

const REPEATED_WRONG: Named = {
  name: 'Cognito calls verify twice with a wrong code',
  invariant: 'it counts once, in the challenge and for the user',
  scenario: async () => {
    const { world, handed } = await mailed();
    const wrong = { kind: 'wrong', round: round(1), ...handed } as const;
    return {
      world,
      operations: [
        anAnswer('wrong answer', wrong),
        anAnswer('wrong answer again', wrong),
        anAnswer('wrong answer for the third time', wrong),
      ],
      faults: 2,
      always,
      finally: ({ world }) => {
        const final = finalStateOf(world);
        const attempts = final.challenges[0]?.attempts ?? 0;
        return say([
          [attempts <= 1, `${attempts} attempts were counted`],
          [failuresOf(final) <= 1, `${failuresOf(final)} failures were counted`],
        ]);
      },
    };
  },
};

const TWO_CLIENTS: Named = {
  name: 'two apps share a challenge, and each asks for tokens',
  invariant: 'one of them verifies it, and tokens go to no other',
  scenario: async () => {
    const { world, handed } = await mailed();
    const at = (clientId: string, n: number) =>
      ({ kind: 'right', round: round(n), clientId, ...handed }) as const;
    return {
      world,
      operations: [
        anAnswerForTokens('right answer at app 1', at('app-1', 1)),
        anAnswerForTokens('right answer at app 2', at('app-2', 2)),
        aGuard('tokens for app 2 without a code', 'app-2'),
      ],
      faults: 2,
      always,
      finally: ({ results }) => {
        const verified = outcomesOf(results).filter(({ result }) => result === 'verified');
        return say([[verified.length <= 1, 'both apps have verified the challenge']]);
      },
    };
  },
};

const LOCK: Named = {
  name: 'wrong answers just below the lock, and the right one',
  invariant: 'each failure counts once, and a right answer under the lock is worth nothing',
  scenario: async () => {
    const { world, handed } = await mailed();
    const failures = Array.from({ length: LIMITS.lockThreshold - 1 }, (_, n) => `earlier-${n}`);
    const answer = (kind: 'right' | 'wrong', n: number) => ({ kind, round: round(n), ...handed }) as const;
    return {
      world: await after(world, [earlierFailures(failures, handed)]),
      operations: [
        anAnswer('wrong answer 1', answer('wrong', 1)),
        anAnswer('wrong answer 2', answer('wrong', 2)),
        anAnswerForTokens('right answer', answer('right', 3)),
      ],
      faults: 2,
      always,
      finally: ({ world, results }) => {
        const final = finalStateOf(world);
        const right = outcomesOf(results)[2];
        const locked = countFacts(final, 'LOCKED') > 0;
        return say([
          [failuresOf(final) <= LIMITS.lockThreshold, 'a failure was counted twice, or under the lock'],
          [!(locked && right?.result === 'verified'), 'a right answer passed the lock'],
          [right?.result !== 'locked' || failuresOf(final) >= LIMITS.lockThreshold, 'a lock was lifted'],
        ]);
      },
    };
  },
};

export const ANSWERS: readonly Named[] = [LAST_ATTEMPT, REPEATED_ANSWER, REPEATED_WRONG, TWO_CLIENTS, LOCK];
