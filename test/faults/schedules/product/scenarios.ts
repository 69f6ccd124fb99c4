/** A few calls at once, and what has to hold in every order of them. */
import { requestName } from '../../../../shared/domain/challenge.ts';
import { MINUTE, NOW, SECOND, USER_ID } from '../../../support/table/challenges.ts';
import { countFacts } from '../../support/judge/final-state.ts';
import type { Scenario } from '../engine/explore.ts';
import { settle } from '../engine/settle.ts';
import { anEmptyWorld, type World } from '../engine/world.ts';
import { always, failuresOf, finalStateOf, outcomesOf, say, userItemOf } from './judge.ts';
import {
  aCreate,
  aDelivery,
  aGuard,
  anAnswer,
  anAnswerForTokens,
  aPast,
  aReport,
  aSweep,
  type Handed,
  LIMITS,
} from './operations.ts';

export interface Named {
  readonly name: string;
  /** What holds, in one sentence. */
  readonly invariant: string;
  scenario(): Promise<Scenario>;
}

/** Rounds as long as those that create-auth-challenge draws. */
const round = (n: number) => `round-${n}`.padEnd(16, '-');

/** A world in which the user has been mailed a challenge. */
const mailed = async (): Promise<{ world: World; handed: Handed }> => {
  const { world, results } = await settle({
    world: anEmptyWorld(NOW),
    operations: [aCreate('the sign-in')],
    execution: aDelivery,
  });
  return { world: { ...world, started: [] }, handed: results[0]?.outcome as Handed };
};

/** A world in which the mail was ordered, but nobody has delivered it. */
const ordered = async (at = NOW) => {
  const { world, results } = await settle({ world: anEmptyWorld(at), operations: [aCreate('the sign-in')] });
  const handed = results[0]?.outcome as Handed;
  const input = JSON.stringify({ userId: USER_ID, ...handed, email: 'alice@example.com', locale: 'en' });
  return { world: { ...world, started: [] }, handed, input };
};

const after = async (world: World, operations: Parameters<typeof settle>[0]['operations']) =>
  (await settle({ world, operations })).world;

const SAME_CREATE: Named = {
  name: 'Cognito calls create twice at once',
  invariant: 'both hand out one challenge, and one mail is ordered',
  scenario: async () => ({
    world: anEmptyWorld(NOW),
    operations: [aCreate('create'), aCreate('create again')],
    faults: 2,
    always,
    finally: ({ world, results }) => {
      const final = finalStateOf(world);
      const handed = outcomesOf(results).flatMap(({ challengeId }) => challengeId ?? []);
      const { sends = [] } = userItemOf(final);
      return say([
        [new Set(handed).size <= 1, 'two challenges were handed out'],
        [sends.length <= 1, `${sends.length} mails were counted`],
        [new Set(world.started).size <= 1, 'two different mails were ordered'],
        [
          handed.length === 0 || world.started.length > 0,
          'a challenge was handed out and no mail was ordered',
        ],
      ]);
    },
  }),
};

const ONE_CREATE: Named = {
  name: 'a sign-in and the executions that it starts',
  invariant: 'whoever is handed a challenge is mailed its code, or the trail says why not',
  scenario: async () => ({
    world: anEmptyWorld(NOW),
    operations: [aCreate('create')],
    execution: aDelivery,
    faults: 2,
    always,
    finally: ({ world, results }) => {
      const final = finalStateOf(world);
      const [created] = outcomesOf(results);
      const sent = countFacts(final, 'SENT') > 0;
      const failed = countFacts(final, 'SEND_FAILED') > 0;
      return say([
        [created?.challengeId === undefined || sent || failed, 'nobody knows what became of the mail'],
        [sent === final.mails.some(({ answered }) => answered), 'the trail does not say what SES took'],
      ]);
    },
  }),
};

const SAME_DELIVERY: Named = {
  name: 'one delivery is executed three times at once',
  invariant: 'one mail goes out, or as many more as answers of SES were lost',
  scenario: async () => {
    const { world, input } = await ordered();
    return {
      world,
      operations: [aDelivery(input, 1), aDelivery(input, 2), aDelivery(input, 3)],
      faults: 2,
      always,
      finally: ({ world: { mails } }) =>
        say([
          [mails.length <= 1 + mails.filter(({ answered }) => !answered).length, 'too many mails went out'],
        ]),
    };
  },
};

const LAST_ATTEMPT: Named = {
  name: 'three answers for the last attempt',
  invariant: 'one of them is judged',
  scenario: async () => {
    const { world, handed } = await mailed();
    const wrong = (n: number) => anAnswer(`wrong answer ${n}`, { kind: 'wrong', round: round(n), ...handed });
    const before = Array.from({ length: LIMITS.maxAttempts - 1 }, (_, n) => wrong(n + 1));
    const answer = { attempts: before.length, ...handed };
    return {
      world: await after(world, before),
      operations: [
        anAnswer('right answer', { kind: 'right', round: round(7), ...answer }),
        anAnswer('wrong answer 8', { kind: 'wrong', round: round(8), ...answer }),
        anAnswer('wrong answer 9', { kind: 'wrong', round: round(9), ...answer, attempts: 0 }),
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

const LOCK: Named = {
  name: 'wrong answers just below the lock, and the right one',
  invariant: 'each failure counts once, and a right answer under the lock is worth nothing',
  scenario: async () => {
    const { world, handed } = await mailed();
    const failures = Array.from({ length: LIMITS.lockThreshold - 1 }, (_, n) => `earlier-${n}`);
    const answer = (kind: 'right' | 'wrong', n: number) => ({ kind, round: round(n), ...handed }) as const;
    return {
      world: await after(world, [aPast('earlier failures', failures, handed)]),
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
          [failuresOf(final) <= failures.length + 2, 'a failure was counted twice'],
          [!(locked && right?.result === 'verified'), 'a right answer passed the lock'],
          [right?.result !== 'locked' || failuresOf(final) >= LIMITS.lockThreshold, 'a lock was lifted'],
        ]);
      },
    };
  },
};

const EXPIRY_AT = NOW + 5 * MINUTE;

/** The sweep so many seconds after the challenge has expired, instead of the scenario's own. */
export const atExpiry = (operations: Scenario['operations'], seconds: number): Scenario['operations'] =>
  operations.with(2, aSweep('sweep', EXPIRY_AT + seconds * SECOND + 1, seconds));

const EXPIRY: Named = {
  name: 'a delivery, a report and the sweep at expiry',
  invariant: 'the challenge has an outcome, which says whether it was mailed',
  scenario: async () => {
    const { world, handed, input } = await ordered();
    return {
      world: { ...world, time: EXPIRY_AT - 10 * SECOND },
      operations: [
        aDelivery(input, 1),
        aReport('report', 'Delivery', handed, EXPIRY_AT),
        aSweep('sweep', EXPIRY_AT + 31 * SECOND),
      ],
      afterwards: [aSweep('the next sweep', EXPIRY_AT + 91 * SECOND)],
      faults: 2,
      always,
      finally: ({ world }) => {
        const final = finalStateOf(world);
        const [challenge] = final.challenges;
        const mailed = final.mails.length > 0 || countFacts(final, 'DELIVERED') > 0;
        return say([
          [challenge?.outcome !== undefined, 'two sweeps have left a challenge without an outcome'],
          [
            challenge?.outcome !== 'ORPHANED' || !final.mails.some(({ answered }) => answered),
            'a challenge that was mailed is an orphan',
          ],
          [challenge?.outcome !== 'EXPIRED' || mailed, 'a challenge that was never mailed has expired'],
        ]);
      },
    };
  },
};

const RESEND: Named = {
  name: 'another mail is ordered while the first is answered',
  invariant: 'the code of both mails is one, and nobody is handed a challenge that is over',
  scenario: async () => {
    const { world, handed } = await mailed();
    return {
      world: { ...world, time: NOW + 31 * SECOND },
      operations: [
        aCreate('resend', { resend: true, current: handed.challengeId }),
        anAnswerForTokens('right answer', { kind: 'right', round: round(1), ...handed }),
        anAnswer('wrong answer', { kind: 'wrong', round: round(2), ...handed }),
      ],
      faults: 2,
      always,
      finally: ({ world }) => {
        const final = finalStateOf(world);
        const requested = final.challenges.filter(({ events }) => events[requestName(1)] !== undefined);
        return say([[requested.length === final.challenges.length, 'a challenge was never ordered']]);
      },
    };
  },
};

export const SCENARIOS: readonly Named[] = [
  SAME_CREATE,
  ONE_CREATE,
  SAME_DELIVERY,
  LAST_ATTEMPT,
  REPEATED_ANSWER,
  REPEATED_WRONG,
  LOCK,
  EXPIRY,
  RESEND,
];
