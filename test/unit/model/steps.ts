/** The steps of a sequence. Model and service both take each step, and must have the same result. */
import type fc from 'fast-check';
import { expect } from 'vitest';
import { SECOND } from '../../support/table/challenges.ts';
import { newSignIn, type Service, type SignIn } from './a-service.ts';
import type { Model, Round, User } from './model.ts';
import { type AnswerKind, answer, askForTokens } from './model-answers.ts';
import { deliver, report, type Ses, sweep } from './model-mails.ts';
import { type Asked, askForChallenge } from './model-orders.ts';

type UserNumber = 0 | 1;

/** A sign-in that waits for an answer, in the model and in the service. */
interface Tab {
  readonly round: Round;
  readonly rounds: number;
  readonly signIn: SignIn;
}

/** Tabs by user and number. Only tabs that wait for an answer are in it. */
export type Tabs = Map<string, Tab>;

export interface Expected {
  readonly model: Model;
  readonly tabs: Tabs;
}

export interface Where {
  readonly user: UserNumber;
  readonly tab: 0 | 1;
  /** How many responses of each trigger are lost. Each time Cognito calls again a little more than 5 seconds later. */
  readonly lost: number;
  /** Whether SES takes mails as soon as they are ordered; otherwise they wait for a step that sends them. */
  readonly prompt: boolean;
}

export type Step = fc.AsyncCommand<Expected, Service>;

const RETRY_AFTER = 5.1 * SECOND;

const step = (name: string, run: Step['run'], check: Step['check'] = () => true): Step => ({
  check,
  run: async (expected, service) => {
    service.pass(SECOND);
    await run(expected, service);
  },
  toString: () => name,
});

const nameOf = ({ user, tab }: Where): string => `user ${user} tab ${tab}`;
const inWords = (where: Where): string =>
  `${nameOf(where)}, ${where.lost} answers lost, mails ${where.prompt ? 'at once' : 'later'}`;

/** Calls a trigger as often as Cognito does; the last response counts. */
const call = async <T>(service: Service, lost: number, trigger: () => Promise<T>): Promise<T> => {
  for (let n = 0; n < lost; n += 1) {
    await trigger();
    service.pass(RETRY_AFTER);
  }
  return trigger();
};

const challengeOf = ({ challenges }: User, asked: Asked) =>
  'challenge' in asked ? challenges.find(({ number }) => number === asked.challenge) : undefined;

/** Calls create-auth-challenge. If it refuses, the sign-in is over. */
const ask = async (
  { model, tabs }: Expected,
  service: Service,
  where: Where,
  { before, resend }: { readonly before?: Tab; readonly resend: boolean },
): Promise<void> => {
  const user = model.users[where.user];
  const asking = { current: before?.round.challenge, resend: resend && before !== undefined };
  const from = before?.signIn ?? newSignIn(where.user);
  const { asked, signIn } = await call(service, where.lost, async () => {
    const expected = askForChallenge(model, user, service.now(), asking);
    const answered = await service.create(from, resend);
    expect(answered.asked).toEqual(expected);
    expect(await service.failuresOf(from.userId)).toBe(user.failures);
    return answered;
  });
  const challenge = challengeOf(user, asked);
  if (challenge === undefined) tabs.delete(nameOf(where));
  else
    tabs.set(nameOf(where), {
      round: { challenge, counted: false, failed: false },
      rounds: (before?.rounds ?? 0) + 1,
      signIn,
    });
  for (let n = where.prompt ? model.started.length : 0; n > 0; n -= 1)
    await work({ model, tabs }, service, 'takes');
};

/** What follows an answer: tokens, the next round, or the end. */
const goOn = async (
  expected: Expected,
  service: Service,
  where: Where,
  { tab, verified, resend }: { readonly tab: Tab; readonly verified: boolean; readonly resend: boolean },
): Promise<void> => {
  const { step: next, signIn } = service.define(tab.signIn, verified);
  const hasRoom = tab.rounds < expected.model.limits.maxRounds;
  expect(next).toBe(verified ? 'issueTokens' : hasRoom ? 'challenge' : 'fail');
  if (next === 'challenge') return ask(expected, service, where, { before: { ...tab, signIn }, resend });
  expected.tabs.delete(nameOf(where));
  if (next === 'issueTokens')
    await call(service, where.lost, () => takeTokens(expected, service, where.user));
};

const takeTokens = async ({ model }: Expected, service: Service, user: UserNumber): Promise<void> => {
  const tokens = askForTokens(model, model.users[user], service.now());
  expect(await service.askForTokens(newSignIn(user).userId)).toBe(tokens);
};

export const signIn = (where: Where): Step =>
  step(`sign in (${inWords(where)})`, (expected, service) => begin(expected, service, where));

const begin = (expected: Expected, service: Service, where: Where): Promise<void> =>
  ask(expected, service, where, { resend: false });

/** The sign-in that waits for an answer in this tab. If there is none, one is begun. */
const openTab = async (expected: Expected, service: Service, where: Where): Promise<Tab | undefined> => {
  if (!expected.tabs.has(nameOf(where))) await begin(expected, service, where);
  return expected.tabs.get(nameOf(where));
};

export const resend = (where: Where, after: number): Step =>
  step(`resend after ${after / SECOND} s (${inWords(where)})`, async (expected, service) => {
    const tab = await openTab(expected, service, where);
    service.pass(after);
    if (tab) await goOn(expected, service, where, { tab, verified: false, resend: true });
  });

/** Calls verify, and continues with what follows. */
const giveAnswer = async (
  expected: Expected,
  service: Service,
  where: Where,
  { tab, kind }: { readonly tab: Tab; readonly kind: AnswerKind },
): Promise<void> => {
  const { model } = expected;
  const outcome = await call(service, where.lost, async () => {
    const ought = answer(model, model.users[where.user], service.now(), tab.round, kind);
    expect(await service.verify(tab.signIn, kind)).toBe(ought);
    return ought;
  });
  await goOn(expected, service, where, { tab, verified: outcome === 'verified', resend: false });
};

export const answerStep = (where: Where, kind: AnswerKind): Step =>
  step(`answer ${kind} (${inWords(where)})`, async (expected, service) => {
    const tab = await openTab(expected, service, where);
    // The right answer can be given only if its mail has arrived.
    const isMailed = expected.model.mails.some(({ challenge }) => challenge === tab?.round.challenge);
    service.pass(SECOND);
    if (tab && (kind !== 'right' || isMailed)) await giveAnswer(expected, service, where, { tab, kind });
  });

export const guess = (where: Where): Step =>
  step(`guess until the sign-in ends (${inWords(where)})`, async (expected, service) => {
    let tab = await openTab(expected, service, where);
    while (tab !== undefined) {
      // Two challenges of one millisecond have no order, so time must pass.
      service.pass(SECOND);
      await giveAnswer(expected, service, where, { tab, kind: 'wrong' });
      tab = expected.tabs.get(nameOf(where));
    }
  });

/** Runs the oldest execution that was started. */
const work = async ({ model }: Expected, service: Service, ses: Ses, runs = 1): Promise<void> => {
  const ought = model.started.shift() ?? expect.unreachable();
  const input = service.started.shift() ?? expect.unreachable();
  expect(input.delivery).toBe(ought.mail);
  for (let n = 0; n < runs; n += 1) {
    const ended = deliver(model, ought, { now: service.now(), ses });
    expect(await service.work(input, ses)).toBe(ended);
  }
};

export const mail = (ses: Ses, runs: number): Step =>
  step(
    `mail, SES ${ses}, ${runs} executions`,
    (expected, service) => work(expected, service, ses, runs),
    ({ model }) => model.started.length > 0,
  );

export const feedback = (eventType: 'Delivery' | 'Bounce', times: number): Step =>
  step(
    `SES reports ${eventType}, ${times} times`,
    async ({ model }, service) => {
      const [mailed = expect.unreachable(), mail = expect.unreachable()] = [
        model.mails.at(-1),
        service.mails.at(-1),
      ];
      const user = model.users[0].challenges.includes(mailed.challenge) ? 0 : 1;
      for (let n = 0; n < times; n += 1) {
        const ought = report(model, mailed, eventType === 'Delivery' ? 'DELIVERED' : 'BOUNCED');
        expect(await service.report(mail, newSignIn(user).userId, eventType)).toBe(ought);
      }
    },
    ({ model }) => model.mails.length > 0,
  );

export const wait = (ms: number): Step =>
  step(`wait ${ms / SECOND} s`, async (_, service) => service.pass(ms - SECOND));

export const sweepStep = step('sweep', async ({ model }, service) => {
  sweep(model, service.now());
  await service.sweep();
});

export const rotate = step('rotate the key', async (_, service) => service.rotate());

export const door = (user: UserNumber): Step =>
  step(`ask for tokens by another door (user ${user})`, (expected, service) =>
    takeTokens(expected, service, user),
  );
