/** A step of a sequence. Model and service both take it, and must have the same result. */
import type fc from 'fast-check';
import { SECOND } from '../../support/table/challenges.ts';
import type { Model, Round } from './rules/model.ts';
import type { Service } from './service/a-service.ts';
import type { SignIn } from './service/sign-ins.ts';

export type UserNumber = 0 | 1;

/** A sign-in that waits for an answer, in the model and in the service. */
export interface Tab {
  readonly round: Round;
  /** How many of its calls asked only how the mail stands, and how many did more. */
  readonly statuses: number;
  readonly others: number;
  readonly signIn: SignIn;
}

/** Tabs by user and number. Only tabs that wait for an answer are in it. */
export type Tabs = Map<string, Tab>;

export interface Expected {
  readonly model: Model;
  readonly tabs: Tabs;
}

export type Step = fc.AsyncCommand<Expected, Service>;

/** A step with this name. It takes a second, because two challenges of one millisecond have no order. */
export const step = (name: string, run: Step['run'], check: Step['check'] = () => true): Step => ({
  check,
  run: async (expected, service) => {
    service.pass(SECOND);
    await run(expected, service);
  },
  toString: () => name,
});

export const wait = (ms: number): Step =>
  step(`wait ${ms / SECOND} s`, async (_, service) => service.pass(ms - SECOND));

export const rotate = step('rotate the key', async (_, service) => service.rotate());
