/** The world in which the rounds of a test file are played: one local system, and Cognito from the proven password on. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { inject } from 'vitest';
import type { Faults } from '../../../../local/faults/fault-table.ts';
import type { Disturb } from '../../../../local/ground/endpoint.ts';
import type { Invocation, Invoke } from '../../../../local/ground/service.ts';
import { clientSettings } from '../../../../local/system.ts';
import {
  codeOf,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
} from '../../../support/system/local-system.ts';
import { createMailbox, type Mailbox } from '../judge/mailbox.ts';
import type { HashOf } from '../judge/stray-mails.ts';
import { readHashOf } from './address-key.ts';
import { type CognitoParts, createCognitoParts } from './cognito.ts';
import { createThreadSandboxes, type ThreadSandboxes } from './thread-sandboxes.ts';

export interface World {
  readonly system: TestSystem;
  readonly templateFolder: string;
  readonly mailbox: Mailbox;
  readonly cognito: CognitoParts;
  readonly database: DynamoDBClient;
  readonly tableName: string;
  readonly workflows: SFNClient;
  readonly hashOf: HashOf;
  /** Calls a function as the Invoke API does. */
  readonly invoke: Invoke;
  /** The disturbances of requests. Each round may add its own, and removes them again. */
  readonly disturbances: Set<Disturb>;
  /** Sets a function's clock ahead of the others by so many milliseconds. */
  readonly skew: ThreadSandboxes['skew'];
  readonly slowCalls: ThreadSandboxes['slowCalls'];
  readonly gaveUp: ThreadSandboxes['gaveUp'];
  /** Waits for milliseconds of the local clock. */
  wait(ms: number): Promise<void>;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const invokeAt =
  (url: () => string): Invoke =>
  async (arn, event): Promise<Invocation> => {
    const response = await fetch(`${url()}/2015-03-31/functions/${arn}/invocations`, {
      method: 'POST',
      body: JSON.stringify(event),
    });
    const payload: unknown = await response.json();
    if (response.headers.get('x-amz-function-error') === null) return { kind: 'returned', payload };
    const { errorType, errorMessage } = payload as {
      readonly errorType: string;
      readonly errorMessage: string;
    };
    return errorType === 'Sandbox.Timedout'
      ? { kind: 'timeout', errorMessage }
      : { kind: 'failed', errorType, errorMessage };
  };

export interface WorldOptions {
  readonly faults: Partial<Faults>;
  /** @default the stack with the default settings */
  readonly templateFolder?: string;
  /**
   * Whether functions run in processes, which can be killed. They start slowly, so their rounds are few.
   * @default a thread for each function
   */
  readonly inProcesses?: boolean;
  /** @default the functions as synthesized */
  readonly sandboxes?: ThreadSandboxes;
}

export const startWorld = async ({
  faults,
  templateFolder = inject('templateFolder'),
  inProcesses = false,
  sandboxes = createThreadSandboxes(),
}: WorldOptions): Promise<World> => {
  const mailbox = createMailbox();
  const disturbances = new Set<Disturb>();
  const disturb: Disturb = (incoming) => {
    for (const one of disturbances) {
      const disturbance = one(incoming);
      if (disturbance !== undefined) return disturbance;
    }
    return undefined;
  };
  const system = await startTestSystem({
    templateFolder,
    faults,
    disturb,
    ...(!inProcesses && { startSandbox: sandboxes.start }),
    onMail: mailbox.accept,
  });
  const wait = async (ms: number) => void (await sleep(system.clock.realDuration(ms)));
  const cognito = createCognitoParts(system, templateFolder, wait);
  const database = new DynamoDBClient(clientSettings(system.url));
  const workflows = new SFNClient(clientSettings(system.url));
  return {
    system,
    templateFolder,
    mailbox,
    cognito,
    database,
    tableName: system.outputs.TableName ?? '',
    workflows,
    hashOf: await readHashOf(templateFolder, system.url),
    invoke: invokeAt(() => system.url),
    disturbances,
    skew: sandboxes.skew,
    slowCalls: sandboxes.slowCalls,
    gaveUp: sandboxes.gaveUp,
    wait,
    settled: async () => {
      await cognito.settled();
      await system.settled();
    },
    close: async () => {
      cognito.close();
      database.destroy();
      workflows.destroy();
      await stopTestSystem(system);
      await sandboxes.close();
    },
  };
};

/** Signs in once without judging it, because each function is loaded with its first call. */
export const warmUp = async (world: World, userId: string = randomUUID()): Promise<void> => {
  const person = { userId, email: 'warm@example.com' };
  const cognito = world.cognito.create(world.invoke, () => []);
  const step = await cognito.prove(person);
  const mail = await world.mailbox.find(person.userId, () => true);
  await cognito.answer(person, step, codeOf(mail));
  await world.settled();
};
