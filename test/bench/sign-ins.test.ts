import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  auditLines,
  collectedSums,
  failedDeliveries,
  failedExecutions,
  OUTCOME_METRICS,
  readTrails,
  sumsOf,
} from '../support/sign-in/audit.ts';
import { setFaults } from '../support/system/local-api.ts';
import { startTestSystem, stopTestSystem, type TestSystem } from '../support/system/local-system.ts';
import { aPerson, finishes, signIn } from './behaviours.ts';

// A third of the sign-ins fail in some way. `npm run soak` makes ten thousand of them.
const SIGN_INS = Number(process.env.SIGN_INS ?? 1_000);
const AT_ONCE = 6;
const GROUP = 100;
/** Each worker needs a process of each function. If all of them started at once, calls would take longer than they may. */
const STAGGER_MS = 2_000;
/** In these groups SES refuses every mail because the daily quota is used up. */
const isWithoutQuota = (group: number): boolean => group % 7 === 3;

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => stopTestSystem(system));

setFlagsFromString('--expose-gc');
/** Without it, garbage that V8 has no reason to collect would look like growth. */
const collectGarbage: () => void = runInNewContext('gc');

/** Memory in MiB: of the process with the engines and the clients, and of the functions' processes. */
const memory = () => {
  collectGarbage();
  const residentMiB = (pid: string): number =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  const children = readdirSync('/proc/self/task')
    .flatMap((task) => readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim().split(' '))
    .filter(Boolean);
  return { engines: residentMiB('self'), largestFunction: Math.max(...children.map(residentMiB)) };
};
type Memory = ReturnType<typeof memory>;

/** Plays one group of sign-ins, a fixed number of them at a time. */
const aGroup = async (group: number): Promise<{ readonly signedIn: number; readonly wrong: number }> => {
  const isMailed = !isWithoutQuota(group);
  await setFaults(system, { sesQuotaReached: !isMailed });
  let [next, signedIn, wrong] = [group * GROUP, 0, 0];
  const end = Math.min(next + GROUP, SIGN_INS);
  const worker = async (_: unknown, at: number) => {
    if (group === 0) await sleep(at * STAGGER_MS);
    while (next < end) {
      const n = next;
      next += 1;
      const person = await aPerson(system, n);
      const hasTokens = await signIn(system, person, isMailed);
      if (hasTokens) signedIn += 1;
      if (hasTokens !== (isMailed && finishes(person))) wrong += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await system.idle();
  return { signedIn, wrong };
};

/** How many challenges have ended, by the metrics. */
const ended = (sums: Readonly<Record<string, number>>): number =>
  OUTCOME_METRICS.reduce((sum, name) => sum + (sums[name] ?? 0), 0);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** How much more memory the last third of the samples shows than the middle third. */
const growth = (samples: readonly Memory[], kind: keyof Memory): number => {
  const third = Math.floor(samples.length / 3);
  const values = samples.map((sample) => sample[kind]);
  return median(values.slice(-third)) / median(values.slice(third, 2 * third));
};

test(`${SIGN_INS} sign-ins: none is lost or wrong, and the audit says what the metrics say`, async () => {
  const started = performance.now();
  const samples: Memory[] = [];
  let [signedIn, wrong] = [0, 0];
  for (let group = 0; group * GROUP < SIGN_INS; group += 1) {
    const result = await aGroup(group);
    signedIn += result.signedIn;
    wrong += result.wrong;
    samples.push(memory());
    const { engines, largestFunction } = samples.at(-1) as Memory;
    const done = Math.min((group + 1) * GROUP, SIGN_INS);
    const rate = done / ((performance.now() - started) / 1000);
    console.log(
      `${done} of ${SIGN_INS}, ${signedIn} with tokens, ${rate.toFixed(1)} a second, ` +
        `${engines.toFixed(0)} MiB engines, ${largestFunction.toFixed(0)} MiB the largest function`,
    );
  }
  await setFaults(system, { sesQuotaReached: false });
  await system.settled();
  system.clock.adjust({ offsetMs: 10 * 60_000 });
  const open = async () => (await readTrails(system)).filter(({ outcome }) => outcome === null).length;
  await expect.poll(open, { timeout: 120_000, interval: 2_000 }).toBe(0);
  await system.settled();

  const lines = await auditLines(system);

  const sums = sumsOf(lines);
  const outcomes = Object.groupBy(lines, ({ outcome }) => String(outcome));
  const counts = Object.fromEntries(Object.entries(outcomes).map(([name, group]) => [name, group?.length]));
  console.log(
    `${SIGN_INS} sign-ins, ${signedIn} with tokens, ${lines.length} challenges ${JSON.stringify(counts)} in ` +
      `${Math.round((performance.now() - started) / 1000)} s; metrics and trails: ${JSON.stringify(sums)}; ` +
      `failed deliveries ${failedDeliveries(lines)}, failed executions ${failedExecutions(system)}; ` +
      `memory of the last third to the middle third: engines ${growth(samples, 'engines').toFixed(2)}, ` +
      `functions ${growth(samples, 'largestFunction').toFixed(2)}`,
  );
  expect(wrong).toBe(0);
  expect(signedIn).toBeLessThanOrEqual((SIGN_INS * 2) / 3);
  expect(new Set(lines.map(({ challengeId }) => challengeId)).size).toBe(sums.ChallengeRequested);
  expect(sums.ChallengeVerified).toBe(signedIn);
  const collected = collectedSums(system);
  expect(collected).toEqual(sums);
  expect(ended(collected) + (await open())).toBe(collected.ChallengeRequested);
  expect(failedExecutions(system)).toBe(failedDeliveries(lines));
  for (const [metric, sum] of Object.entries(sums)) {
    if (metric !== 'ChallengeReused') expect(sum, metric).toBeGreaterThan(0);
  }
  expect(growth(samples, 'engines')).toBeLessThan(1.3);
  expect(growth(samples, 'largestFunction')).toBeLessThan(1.3);
});
