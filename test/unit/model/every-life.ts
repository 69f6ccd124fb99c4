/** One property: the model and the service take the same sequence of steps, and end in the same state. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { attemptName } from '../../../shared/domain/challenge.ts';
import { LIMITS, type Limit } from '../../../shared/domain/limits.ts';
import type { UserRecord } from '../../../shared/domain/policy.ts';
import { MINUTE, SECOND } from '../../support/table/challenges.ts';
import { STEPS } from './any-steps.ts';
import { sweepStep } from './mail-steps.ts';
import { type Challenge, DAY, type Limits, type Model, newModel, SMALL } from './rules/model.ts';
import { aService, type Service } from './service/a-service.ts';
import type { Breaks } from './service/ground.ts';
import { newSignIn } from './service/sign-ins.ts';
import type { Expected, Step } from './step.ts';

/** What the table holds of a challenge in the end, in the model's terms. */
const storedOf = async ({ table, ids }: Service, userId: string, { number }: Challenge) => {
  const challengeId = ids[number] ?? expect.unreachable();
  const { attempts, outcome, events } =
    (await table.challenges.read({ userId, challengeId })) ?? expect.unreachable();
  const names = Object.keys(events);
  return {
    attempts,
    wrong: names.filter((name) => name.startsWith(attemptName(''))).length,
    outcome,
    facts: names.filter((name) => !name.startsWith(attemptName(''))).toSorted(),
  };
};

/** The orders that count, as far as they are not too old for every limit. */
const storedOrders = ({ orders = {} }: UserRecord, ids: readonly string[], since: number): string[] =>
  Object.entries(orders)
    .flatMap(([id, mails]) =>
      Object.entries(mails).map(([mail, at]) => ({ number: ids.indexOf(id), mail, at })),
    )
    .flatMap(({ number, mail, at }) => (at > since ? [`${number} mail ${mail} at ${at}`] : []));

const expectSameEnd = async ({ users, limits }: Model, service: Service): Promise<void> => {
  const since = service.now() - DAY;
  for (const [number, { failures, challenges, orders }] of users.entries()) {
    const { userId } = newSignIn(number);
    const record = await service.table.users.readUserRecord(userId);
    expect(record.consecutiveFailures).toBe(failures);
    expect(storedOrders(record, service.ids, since).toSorted()).toEqual(
      orders
        .flatMap(({ challenge, mail, at }) =>
          at > since ? [`${challenge.number} mail ${mail} at ${at}`] : [],
        )
        .toSorted(),
    );
    for (const challenge of challenges) {
      const { most, wrong, outcome, facts } = challenge;
      const attempts = limits.maxAttempts - most + wrong;
      expect(await storedOf(service, userId, challenge)).toEqual({
        ...{ attempts, wrong, outcome },
        facts: [...facts].toSorted(),
      });
    }
  }
};

/** Expects the model's mails, with one code for each challenge, and no mail twice unless an answer of SES was lost. */
const expectSameMails = (model: Model, { mails, ids }: Service): void => {
  expect(mails.map(({ challengeId, delivery }) => [ids.indexOf(challengeId), delivery])).toEqual(
    model.mails.map(({ challenge, mail }) => [challenge.number, mail]),
  );
  const answered = model.mails.filter(({ challenge, mail }) => !challenge.unanswered.has(mail));
  const names = answered.map(({ challenge, mail }) => `${challenge.number} mail ${mail}`);
  expect(new Set(names).size).toBe(names.length);
  const codes = new Set(mails.map(({ challengeId, code }) => `${challengeId} ${code}`));
  expect(codes.size).toBe(new Set(mails.map(({ challengeId }) => challengeId)).size);
};

const expectSameSums = ({ sums }: Model, service: Service): void => {
  const counts = Object.entries(service.sums()).filter(([name]) => !name.startsWith('TimeTo'));
  expect(Object.fromEntries(counts)).toEqual(sums);
};

const ends = ({ min, max }: Limit, unit = 1) => fc.constantFrom(min * unit, max * unit);

/** The small limits, or each limit at one end of its range. */
const anyLimits: fc.Arbitrary<Limits> = fc.oneof(
  fc.constant(SMALL),
  fc
    .record({
      maxAttempts: ends(LIMITS.maxAttempts),
      maxRounds: ends(LIMITS.maxRounds),
      statusRounds: ends(LIMITS.statusRounds),
      lifetime: ends(LIMITS.codeLifetime, SECOND),
      cooldown: ends(LIMITS.resendCooldown, SECOND),
      laterCooldown: ends(LIMITS.laterResendCooldown, SECOND),
      lock: ends(LIMITS.lockDuration, MINUTE),
      sendsPerWindow: ends(LIMITS.sendsPerWindow),
      sendsPerDay: ends(LIMITS.sendsPerDay),
      ordersPerWindow: ends(LIMITS.ordersPerWindow),
      ordersPerDay: ends(LIMITS.ordersPerDay),
      lockThreshold: ends(LIMITS.lockThreshold),
      maxFailures: ends(LIMITS.maxFailures),
    })
    // The deployment refuses a lock that ends before the codes from before it.
    .map((limits) => ({ ...limits, lock: Math.max(limits.lock, limits.lifetime) })),
);

/** Takes the steps in the model and in the service. Throws if their results or their final states differ. */
export const live = async (limits: Limits, steps: Iterable<Step>, breaks: Breaks = {}): Promise<void> => {
  const service = await aService(limits, breaks);
  await using _ = service.table;
  const expected: Expected = { model: newModel(limits), tabs: new Map() };
  await fc.asyncModelRun(() => ({ model: expected, real: service }), steps);
  // Now every challenge has to end.
  service.pass(limits.lifetime + MINUTE);
  await sweepStep.run(expected, service);
  expect(expected.model.users.flatMap(({ challenges }) => challenges).every(({ outcome }) => outcome)).toBe(
    true,
  );
  await expectSameEnd(expected.model, service);
  expectSameMails(expected.model, service);
  expectSameSums(expected.model, service);
};

/** A random sequence of steps under such limits. */
export const everyLife = (limits: fc.Arbitrary<Limits>, breaks: Breaks = {}) =>
  fc.asyncProperty(limits, fc.commands(STEPS, { maxCommands: 40, size: 'max' }), (limited, steps) =>
    live(limited, steps, breaks),
  );

interface Replay {
  readonly seed?: number;
  readonly path?: string;
}

/**
 * Plays so many sequences. The first in which the two differ ends the run and is printed whole, with its seed and path. To
 * find the shortest such sequence takes half a minute, so only a run with a given path looks for it.
 */
export const playLives = async (runs: number, replay: Replay = {}): Promise<void> => {
  const { seed = Math.floor(Math.random() * 2 ** 31), path } = replay;
  const started = performance.now();
  const plan = { numRuns: runs, seed, endOnFailure: path === undefined, ...(path && { path }) };
  console.log(`${runs} sequences, seed ${seed}`);
  await fc.assert(everyLife(anyLimits), plan);
  console.log(`none came out differently, in ${Math.round((performance.now() - started) / 1000)} s`);
};
