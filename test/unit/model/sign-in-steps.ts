/** The steps that people take. */
import { expect } from 'vitest';
import type { ClientCall } from '../../../shared/messages/client-metadata.ts';
import { SECOND } from '../../support/table/challenges.ts';
import { changeAddress, letStrangerStart, work } from './mail-steps.ts';
import { type AnswerKind, answer, askForTokens } from './rules/answers.ts';
import type { Ses } from './rules/mails.ts';
import type { Client, User } from './rules/model.ts';
import { type Asked, askForChallenge } from './rules/orders.ts';
import type { Service } from './service/a-service.ts';
import { newSignIn, type SignIn } from './service/sign-ins.ts';
import { type Expected, type Step, step, type Tab, type UserNumber } from './step.ts';

export interface Where {
  readonly user: UserNumber;
  /** Tabs 0 and 1 are at one app client, tab 2 is at another. */
  readonly tab: 0 | 1 | 2;
  /** How many responses of each trigger are lost. Each time Cognito calls again a little more than 5 seconds later. */
  readonly lost: number;
  /** What SES does with mails as soon as they are ordered; `later`: they wait for a step that sends them. */
  readonly ses: Ses | 'later';
}

const RETRY_AFTER = 5.1 * SECOND;

const clientOf = ({ tab }: Where): Client => (tab === 2 ? 1 : 0);
const nameOf = ({ user, tab }: Where): string => `user ${user} tab ${tab}`;
const inWords = (where: Where): string => `${nameOf(where)}, ${where.lost} answers lost, SES ${where.ses}`;

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

/** What the client has called with, and the tab as it is after that. */
interface Said {
  readonly tab: Tab;
  readonly call: ClientCall;
}

/** Calls create-auth-challenge. If it refuses, the sign-in is over. */
const ask = async ({ model, tabs }: Expected, service: Service, where: Where, said?: Said): Promise<void> => {
  const user = model.users[where.user];
  const wants = said?.call ?? 'answer';
  const from = said?.tab.signIn ?? newSignIn(where.user, clientOf(where));
  const { asked, signIn } = await call(service, where.lost, async () => {
    const asking = { current: said?.tab.round.challenge, call: wants };
    const expected = askForChallenge(model, user, service.now(), asking);
    const answered = await service.create(from, wants);
    expect(answered.asked).toEqual(expected);
    await expectFailures(service, from, user);
    return answered;
  });
  const challenge = challengeOf(user, asked);
  if (challenge === undefined) tabs.delete(nameOf(where));
  else {
    const round = { challenge, client: clientOf(where), counted: false, failed: false };
    tabs.set(nameOf(where), { statuses: 0, others: 0, ...said?.tab, round, signIn });
  }
  if (where.ses === 'later') return;
  for (let n = model.started.length; n > 0; n -= 1) await work({ model, tabs }, service, where.ses);
};

const expectFailures = async ({ table }: Service, { userId }: SignIn, { failures }: User): Promise<void> => {
  const { consecutiveFailures } = await table.users.readUserRecord(userId);
  expect(consecutiveFailures).toBe(failures);
};

/** What follows a call of the client: tokens, the next round, or the end. */
const goOn = async (
  expected: Expected,
  service: Service,
  where: Where,
  { tab, call: wants, verified }: Said & { readonly verified: boolean },
): Promise<void> => {
  const { maxRounds, statusRounds } = expected.model.limits;
  const statuses = tab.statuses + (wants === 'status' ? 1 : 0);
  const others = tab.others + (wants === 'status' ? 0 : 1);
  const hasRoom = others + Math.max(0, statuses - statusRounds) < maxRounds;
  const { step: next, signIn } = service.define(tab.signIn, wants, verified);
  expect(next).toBe(verified ? 'issueTokens' : hasRoom ? 'challenge' : 'fail');
  if (next === 'challenge')
    return ask(expected, service, where, { tab: { ...tab, statuses, others, signIn }, call: wants });
  expected.tabs.delete(nameOf(where));
  if (next === 'issueTokens')
    await call(service, where.lost, () => takeTokens(expected, service, where.user, clientOf(where)));
};

const takeTokens = async (
  { model }: Expected,
  service: Service,
  user: UserNumber,
  client: Client,
): Promise<void> => {
  const tokens = askForTokens(model, model.users[user], service.now(), client);
  expect(await service.askForTokens(newSignIn(user, client))).toBe(tokens);
};

export const signIn = (where: Where): Step =>
  step(`sign in (${inWords(where)})`, (expected, service) => ask(expected, service, where));

/** A stranger is faster than the workflow, and wants the code sent to an address of theirs. */
export const signInBesideStranger = (where: Where): Step =>
  step(`sign in beside a stranger (${inWords(where)})`, async (expected, service) => {
    await ask(expected, service, { ...where, ses: 'later' });
    await letStrangerStart(expected, service, where.user, 'toAnotherAddress');
  });

/** The sign-in that waits for an answer in this tab. If there is none, one is begun. */
const openTab = async (expected: Expected, service: Service, where: Where): Promise<Tab | undefined> => {
  if (!expected.tabs.has(nameOf(where))) await ask(expected, service, where);
  return expected.tabs.get(nameOf(where));
};

export const resend = (where: Where, after: number): Step =>
  step(`resend after ${after / SECOND} s (${inWords(where)})`, async (expected, service) => {
    const tab = await openTab(expected, service, where);
    service.pass(after);
    if (tab) await goOn(expected, service, where, { tab, call: 'resend', verified: false });
  });

export const askHowTheMailStands = (where: Where, times: number): Step =>
  step(`ask ${times} times how the mail stands (${inWords(where)})`, async (expected, service) => {
    await openTab(expected, service, where);
    for (let n = 0; n < times; n += 1) {
      const tab = expected.tabs.get(nameOf(where));
      if (tab) await goOn(expected, service, where, { tab, call: 'status', verified: false });
    }
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
  await goOn(expected, service, where, { tab, call: 'answer', verified: outcome === 'verified' });
};

export const answerStep = (where: Where, kind: AnswerKind): Step =>
  step(`answer ${kind} (${inWords(where)})`, async (expected, service) => {
    const tab = await openTab(expected, service, where);
    // The right answer can be given only if its mail has arrived.
    const isMailed = expected.model.mails.some(({ challenge }) => challenge === tab?.round.challenge);
    service.pass(SECOND);
    if (tab && (kind !== 'right' || isMailed)) await giveAnswer(expected, service, where, { tab, kind });
  });

/** Between the mail and the answer, the user's address becomes another. */
export const answerFromOldAddress = (where: Where): Step =>
  step(`answer right after a change of address (${inWords(where)})`, async (expected, service) => {
    await openTab(expected, service, where);
    await changeAddress(where.user).run(expected, service);
    await answerStep(where, 'right').run(expected, service);
  });

export const guess = (where: Where): Step =>
  step(`guess until the sign-in ends (${inWords(where)})`, async (expected, service) => {
    let tab = await openTab(expected, service, where);
    while (tab !== undefined) {
      service.pass(SECOND);
      await giveAnswer(expected, service, where, { tab, kind: 'wrong' });
      tab = expected.tabs.get(nameOf(where));
    }
  });

/** Two tabs with one code take turns, so that one of them still has it when the other brings the lock. */
export const guessFromTwoTabs = (where: Where): Step => {
  const places: readonly Where[] = [where, { ...where, tab: where.tab === 0 ? 1 : 0 }];
  return step(
    `guess from two tabs until both sign-ins end (${inWords(where)})`,
    async (expected, service) => {
      for (const place of places) await openTab(expected, service, place);
      while (places.some((place) => expected.tabs.has(nameOf(place)))) {
        for (const place of places) {
          service.pass(SECOND);
          const tab = expected.tabs.get(nameOf(place));
          if (tab) await giveAnswer(expected, service, place, { tab, kind: 'wrong' });
        }
      }
    },
  );
};

export const door = (user: UserNumber, client: Client): Step =>
  step(`ask for tokens by another door (user ${user}, client ${client})`, (expected, service) =>
    takeTokens(expected, service, user, client),
  );
