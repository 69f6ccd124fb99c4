/** The steps that mails take, and the sweep. */
import { expect } from 'vitest';
import { deliver, refuseStranger, report, type Ses, type Stranger, sweep } from './rules/mails.ts';
import type { Service } from './service/a-service.ts';
import { newSignIn } from './service/sign-ins.ts';
import { type Expected, type Step, step, type UserNumber } from './step.ts';

/** What the workflow does not end with, but tries again later. */
const LATER: readonly string[] = ['LeaseHeld', 'EmailUnanswered'];

/** Runs the oldest execution that was started, so often. If it has to try again, it is put back. */
export const work = async ({ model }: Expected, service: Service, ses: Ses, runs = 1): Promise<void> => {
  const ought = model.started.shift() ?? expect.unreachable();
  const input = service.started.shift() ?? expect.unreachable();
  expect(input.delivery).toBe(ought.mail);
  for (let n = 0; n < runs; n += 1) {
    const ended = deliver(model, ought, { now: service.now(), ses });
    expect(await service.work(input, ses)).toBe(ended);
    if (!LATER.includes(ended)) continue;
    model.started.push(ought);
    service.started.push(input);
  }
};

export const mail = (ses: Ses, runs: number): Step =>
  step(
    `mail, SES ${ses}, ${runs} executions`,
    (expected, service) => work(expected, service, ses, runs),
    ({ model }) => model.started.length > 0,
  );

/** The address that the user has from now on is the other one. Both have the same mask. */
export const changeAddress = (number: UserNumber): Step =>
  step(`user ${number} has another address`, async ({ model }, service) => {
    const user = model.users[number];
    user.address = user.address === 0 ? 1 : 0;
    const { userId } = newSignIn(number);
    service.changeEmail(userId, `${userId}${user.address === 0 ? '' : '.new'}@example.com`);
  });

/** A stranger, who may start the workflow, does so for the newest challenge of the user. */
export const letStrangerStart = async (
  { model }: Expected,
  service: Service,
  number: UserNumber,
  wants: Stranger,
): Promise<void> => {
  const newest = model.users[number].challenges.at(-1);
  if (newest === undefined) return;
  const challengeId = service.ids[newest.number] ?? expect.unreachable();
  const { userId } = newSignIn(number);
  const email = wants === 'toAnotherAddress' ? 'mallory@example.com' : service.emailOf(userId);
  const delivery = newest.orderedAt.length + (wants === 'another' ? 1 : 0);
  const refused = refuseStranger(model, wants);
  expect(await service.work({ userId, challengeId, delivery, email, locale: 'en' }, 'takes')).toBe(refused);
};

export const stranger = (number: UserNumber, wants: Stranger): Step =>
  step(`a stranger wants a mail of user ${number} sent ${wants}`, (expected, service) =>
    letStrangerStart(expected, service, number, wants),
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

export const sweepStep = step('sweep', async ({ model }, service) => {
  sweep(model, service.now());
  await service.sweep();
});
