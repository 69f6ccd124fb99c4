import { afterAll, beforeAll, expect, test } from 'vitest';
import { provePassword, type Step } from '../../services/cli/sign-in-flow.ts';
import { answerCode } from '../support/answer-code.ts';
import {
  auditLines,
  collectedSums,
  failedDeliveries,
  failedExecutions,
  readTrails,
  sumsOf,
} from '../support/audit.ts';
import { setFaults } from '../support/local-api.ts';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  waitForCode,
  wrongCode,
} from '../support/local-system.ts';

// Every user signs in once in each round; between the rounds the clock moves on by more than the resend cooldown, so
// that each sign-in has a challenge of its own.
const USERS = 50;
const ROUNDS = 20;
const AT_ONCE = 5;
const BETWEEN_ROUNDS_MS = 40_000;
/** In these rounds SES refuses every mail for the daily quota. */
const ROUNDS_WITHOUT_QUOTA: readonly number[] = [6, 11, 16];

type Behaviour = 'finish' | 'abandon' | 'wrongFirst' | 'resend' | 'exhaust';

interface Person {
  readonly user: TestUser;
  readonly behaviour: Behaviour;
}

/** Of 50 people 18 have trouble of some kind: with their mailbox, their patience or their typing. */
const TROUBLED: readonly { readonly email?: (n: number) => string; readonly behaviour: Behaviour }[] = [
  { email: (n) => `bounce+${n}@simulator.amazonses.com`, behaviour: 'abandon' },
  { email: (n) => `suppressionlist+${n}@simulator.amazonses.com`, behaviour: 'abandon' },
  { email: (n) => `complaint+${n}@simulator.amazonses.com`, behaviour: 'finish' },
  { email: (n) => `delayed+${n}@outcome.example.com`, behaviour: 'finish' },
  { email: (n) => `gone+${n}@outcome.example.com`, behaviour: 'abandon' },
  { email: (n) => `rejected+${n}@outcome.example.com`, behaviour: 'abandon' },
  { behaviour: 'abandon' },
  { behaviour: 'exhaust' },
  { behaviour: 'resend' },
];
const TROUBLED_USERS = 2 * TROUBLED.length;

let system: TestSystem;
let people: readonly Person[];

const inBatches = async <T>(items: readonly T[], run: (item: T, n: number) => Promise<unknown>) => {
  for (let from = 0; from < items.length; from += AT_ONCE) {
    await Promise.all(items.slice(from, from + AT_ONCE).map((item, n) => run(item, from + n)));
  }
};

const aPerson = async (n: number): Promise<Person> => {
  const trouble = n < TROUBLED_USERS ? TROUBLED[n % TROUBLED.length] : undefined;
  const email = trouble?.email?.(n);
  const user = await createUser(system, email === undefined ? {} : { email });
  return { user, behaviour: trouble?.behaviour ?? (n % 5 === 0 ? 'wrongFirst' : 'finish') };
};

beforeAll(async () => {
  system = await startTestSystem();
  const made: Person[] = [];
  await inBatches(Array.from({ length: USERS }), async (_, n) => {
    made[n] = await aPerson(n);
  });
  people = made;
});
afterAll(() => stopTestSystem(system));

/** The newest mail's code; earlier rounds have left mails too. */
const mailed = (user: TestUser, count: number) => waitForCode(system, user, count);

/** How many mails a person has had so far. */
const mails = new Map<string, number>();
const expectMail = (user: TestUser): Promise<string> => {
  const count = (mails.get(user.email) ?? 0) + 1;
  mails.set(user.email, count);
  return mailed(user, count);
};

const exhaust = async (user: TestUser, first: Step, code: string): Promise<void> => {
  let step = first;
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    step = await answerCode(system.client, user, step, wrongCode(code));
  }
  // The fifth wrong answer has brought a fresh challenge, whose mail is on its way.
  await expectMail(user);
};

/** Answers whether there were tokens. */
const signIn = async ({ user, behaviour }: Person, isMailed: boolean): Promise<boolean> => {
  let step = await provePassword(system.client, user);
  if (!isMailed) return false;
  let code = await expectMail(user);
  if (behaviour === 'abandon') return false;
  if (behaviour === 'exhaust') {
    await exhaust(user, step, code);
    return false;
  }
  if (behaviour === 'wrongFirst') step = await answerCode(system.client, user, step, wrongCode(code));
  if (behaviour === 'resend') {
    system.clock.adjust({ offsetMs: 31_000 });
    step = await answerCode(system.client, user, step, 'resend', 'resend');
    code = await expectMail(user);
  }
  const done = await answerCode(system.client, user, step, code);
  return done.AuthenticationResult !== undefined;
};

const aRound = async (round: number): Promise<number> => {
  const hasQuota = !ROUNDS_WITHOUT_QUOTA.includes(round);
  await setFaults(system, { sesQuotaReached: !hasQuota });
  let signedIn = 0;
  await inBatches(people, async (person) => {
    if (await signIn(person, hasQuota)) signedIn += 1;
  });
  await system.idle();
  system.clock.adjust({ offsetMs: BETWEEN_ROUNDS_MS });
  return signedIn;
};

test(`${USERS * ROUNDS} sign-ins: the audit accounts for each challenge, and says what the metrics say`, async () => {
  const started = performance.now();
  let signedIn = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    signedIn += await aRound(round);
    console.log(`Round ${round} of ${ROUNDS}: ${signedIn} of ${round * USERS} sign-ins have tokens`);
  }
  await setFaults(system, { sesQuotaReached: false });
  await system.settled();
  system.clock.adjust({ offsetMs: 10 * 60_000 });
  const open = async () => (await readTrails(system)).filter(({ outcome }) => outcome === null).length;
  await expect.poll(open, { timeout: 60_000, interval: 1_000 }).toBe(0);
  await system.settled();

  const lines = await auditLines(system);

  const sums = sumsOf(lines);
  const outcomes = Object.groupBy(lines, ({ outcome }) => String(outcome));
  const counts = Object.fromEntries(Object.entries(outcomes).map(([name, group]) => [name, group?.length]));
  console.log(
    `${USERS * ROUNDS} sign-ins, ${signedIn} with tokens, ${lines.length} challenges ${JSON.stringify(counts)} in ` +
      `${Math.round((performance.now() - started) / 1000)} s; metrics and trails: ${JSON.stringify(sums)}; ` +
      `failed deliveries ${failedDeliveries(lines)}, failed executions ${failedExecutions(system)}`,
  );
  expect(new Set(lines.map(({ challengeId }) => challengeId)).size).toBe(sums.ChallengeRequested);
  expect(sums.ChallengeVerified).toBe(signedIn);
  expect(signedIn).toBeLessThanOrEqual((USERS * ROUNDS * 2) / 3);
  expect(collectedSums(system)).toEqual(sums);
  expect(failedExecutions(system)).toBe(failedDeliveries(lines));
  for (const [metric, sum] of Object.entries(sums))
    if (metric !== 'ChallengeReused') expect(sum, metric).toBeGreaterThan(0);
});
