import fc from 'fast-check';
import { afterEach, describe, expect, inject, test, vi } from 'vitest';
import type { BackToPassword } from '../../../client/step-state.ts';
import { createRandom, type Random } from '../../faults/support/play/random.ts';
import type { Weather } from '../../support/client/a-network.ts';
import { aPage, type Library, type Page } from '../../support/client/a-page.ts';
import { type Act, anyAct, type Clicks, expectTruth, perform } from '../../support/client/acts.ts';
import { SMALL } from '../model/rules/model.ts';
import { aService, type Service } from '../model/service/a-service.ts';

// Clicks, answers, losses and reloads in any order, against the product's own rules. `npm run test:faults` plays the most of them.

const RUNS = inject('clientSchedules');

declare module 'vitest' {
  interface ProvidedContext {
    /** How many schedules are played. */
    clientSchedules: number;
  }
}

/** With these, a person can ask, order and miss often enough. */
const LIMITS = {
  ...SMALL,
  maxAttempts: 5,
  maxRounds: 8,
  statusRounds: 4,
  sendsPerWindow: 5,
  ordersPerWindow: 12,
  ordersPerDay: 30,
  lockThreshold: 20,
  maxFailures: 40,
};

afterEach(() => vi.useRealTimers());

/** Losses come alone and in storms. */
const weatherOf = ({ next }: Random) => {
  let stormy = 0;
  return (): Weather => {
    if (stormy > 0) {
      stormy -= 1;
      return next() < 0.5 ? 'requestLost' : 'answerLost';
    }
    const drawn = next();
    if (drawn < 0.04) stormy = 5;
    if (drawn < 0.75) return 'fine';
    if (drawn < 0.85) return 'requestLost';
    return drawn < 0.97 ? 'answerLost' : 'busy';
  };
};

interface Plan {
  readonly acts: readonly Act[];
  readonly seed: number;
  readonly library: Library;
  readonly submitsByItself: boolean;
  /** How far the person's clock is from the service's, in milliseconds. */
  readonly clockError: number;
}

const anyPlan: fc.Arbitrary<Plan> = fc.record({
  acts: fc.array(anyAct, { minLength: 5, maxLength: 25 }),
  seed: fc.integer(),
  library: fc.constantFrom<Library>('amplify', 'sdk'),
  submitsByItself: fc.boolean(),
  clockError: fc.constantFrom(0, -86_400_000, 600_000, -90_000),
});

const REASONS = [
  'sessionUsed',
  'sessionExpired',
  'stepForgotten',
  'tooManyRounds',
  'locked',
  'tooManyMails',
  'tooManyOrders',
];

/** Whether the session that the page has was used up by a call whose answer is lost, and the page may ask. */
const isSessionLost = ({ network, step }: Page): boolean => {
  if (step.state.kind !== 'code' || step.state.challenge.statusesLeft === 0) return false;
  const session = JSON.parse(JSON.stringify(step)).session;
  return network.reached.some((call) => call.session === session);
};

/** The code that has arrived does what the step has said of it. */
const expectFate = async (
  { fate, problem }: BackToPassword,
  page: Page,
  service: Service,
  before: number,
) => {
  expect(REASONS).toContain(problem.code);
  const limited = ['locked', 'tooManyMails', 'tooManyOrders'].includes(problem.code);
  if (limited || fate.kind === 'none' || fate.kind === 'unknown') return;
  // A sign-in may be refused by a limit, which the words say.
  const asked = await page.probe().catch(() => undefined);
  if (asked === undefined) return expect(fate.kind).toBe('renewed');
  if (fate.kind === 'works' && service.now() < fate.until) expect(asked?.expiresAt).toBe(before);
  if (fate.kind === 'renewed' && asked?.limited === undefined) expect(asked?.expiresAt).not.toBe(before);
};

/** Nothing was sent that the person has not clicked, and what was sent did something. */
const expectNothingBurnt = ({ network }: Page, { answers, resends }: Clicks): void => {
  const of = (call: string) =>
    network.reached.filter((one) => one.call === call && one.response !== undefined);
  expect(of('answer').length).toBeLessThanOrEqual(answers);
  expect(of('resend').length).toBeLessThanOrEqual(resends);
};

const play = async ({ acts, seed, library, submitsByItself, clockError }: Plan): Promise<Page> => {
  const random = createRandom(seed);
  const service = await aService(LIMITS);
  // From here on only: the engine of the table waits for real.
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
    now: service.now() + clockError,
  });
  const world = { service, library, submitsByItself, weather: weatherOf(random), random: random.next };
  const page = await aPage(world);
  const clicks: Clicks = { answers: 0, resends: 0 };
  let expiresAt = Number.NaN;
  const look = () => {
    const { state } = page.step;
    if (state.kind === 'code') expiresAt = state.challenge.expiresAt;
    expectTruth(state, page, service);
  };
  for (const act of acts) {
    await perform(act, page, service, clicks);
    await page.pass(act.do === 'wait' ? act.ms : 1_000, look);
    const { state } = page.step;
    if (state.kind === 'password') {
      await expectFate(state, page, service, expiresAt);
      break;
    }
    if (state.kind === 'signedIn') break;
    if (!page.connection().isBusy() && page.connection().isHeard() && state.pending === undefined) {
      expect(isSessionLost(page), 'the step does not know that its session is lost').toBe(false);
    }
  }
  expectNothingBurnt(page, clicks);
  page.close();
  vi.useRealTimers();
  return page;
};

describe('whatever a person does, and whatever is lost on the way', () => {
  test('nothing is used up in vain, no countdown is wrong, and a lost session is noticed at once', async () => {
    const ends = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(anyPlan, async (plan) => {
        const { state } = (await play(plan)).step;
        const end = state.kind === 'password' ? state.problem.code : state.kind;
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }),
      { numRuns: RUNS },
    );
    console.log(`${RUNS} schedules ended as: ${JSON.stringify(Object.fromEntries(ends))}`);
  });
});
