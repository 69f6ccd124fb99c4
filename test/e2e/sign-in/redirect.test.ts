import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { clientSettings } from '../../../local/system.ts';
import type { DeliveryInput, DeliveryOrder } from '../../../shared/messages/delivery.ts';
import { challengeKey } from '../../../shared/table/table.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { invoke } from '../../support/sign-in/invoke.ts';
import { executionsFor, setFaults } from '../../support/system/local-api.ts';
import {
  codeOf,
  createUser,
  mailsTo,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  waitForCode,
} from '../../support/system/local-system.ts';

// Somebody who may start the workflow, or invoke its function, and knows the ids of a challenge: they are not secret.

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => stopTestSystem(system));

const STRANGER = 'mallory@example.com';
const strangersMails = () => mailsTo(system, { email: STRANGER } as Parameters<typeof mailsTo>[1]);

const itemOf = async ({ userId, challengeId }: DeliveryOrder) => {
  const database = new DynamoDBClient(clientSettings(system.url));
  const Key = challengeKey(userId, challengeId);
  const { Item } = await database.send(new GetItemCommand({ TableName: system.outputs.TableName, Key }));
  return Item;
};

const factsOf = async (input: DeliveryOrder): Promise<readonly string[]> =>
  Object.keys((await itemOf(input))?.events?.M ?? {});

/** What a stranger changes of the order. */
const CHANGES: readonly (readonly [string, Partial<Record<keyof DeliveryInput, unknown>>])[] = [
  ['to another address', { email: STRANGER }],
  ['of a number that was never ordered', { delivery: 77 }],
  ['of another number to another address', { delivery: 77, email: STRANGER }],
  ['to a neighbour of the address', { email: `x${STRANGER}` }],
  ['without an address', { email: undefined }],
  ['without a language', { locale: undefined, email: STRANGER }],
  ['of no whole number', { delivery: 1.5 }],
  ['for another user', { userId: '00000000-0000-4000-8000-000000000000', email: STRANGER }],
];

/** A user who signs in, and what everybody may know of the execution that create-auth-challenge started. */
const aSignIn = async () => {
  const user = await createUser(system);
  const step = await provePassword(system.client, user);
  await expect.poll(async () => (await executionsFor(system, user)).length).toBe(1);
  const [execution = expect.unreachable()] = await executionsFor(system, user);
  const { addressHash, ...input } = execution.input as DeliveryInput;
  return { user, step, input };
};

const start = (input: object) =>
  new SFNClient(clientSettings(system.url)).send(
    new StartExecutionCommand({
      stateMachineArn: system.outputs.StateMachineArn,
      input: JSON.stringify(input),
    }),
  );

const refused = () => system.metrics.sumOf({ name: 'DeliveryRefused' });

describe('a delivery that nobody ordered', () => {
  it.each(CHANGES)('%s leaves no trace after the mail, and the owner signs in', async (_, change) => {
    const { user, step, input } = await aSignIn();
    const code = await waitForCode(system, user);
    await expect.poll(() => factsOf(input)).toContain('1#DELIVERED');
    const [before, refusals] = [await itemOf(input), refused()];

    await start({ ...input, ...change });
    await system.idle();
    await expect.poll(refused).toBe(refusals + 1);
    const invoked = await invoke(system, 'DeliverCodeLambdaFunction', {
      ...{ ...input, ...change },
      execution: 'execution-of-a-stranger',
      retries: 0,
    });
    await system.idle();

    expect(invoked.error).toMatch(/^(InvalidDelivery|NotOrdered|OtherAddress)$/);
    expect(await itemOf(input)).toEqual(before);
    expect(strangersMails()).toEqual([]);
    expect(mailsTo(system, user)).toHaveLength(1);
    await expect.poll(refused).toBe(refusals + 2);
    const done = await answerCode(system.client, user, step, code);
    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
  });

  it.each(CHANGES)(
    '%s leaves no trace while the owner’s waits, and the owner signs in',
    async (_, change) => {
      // The owner's mail waits while the stranger tries.
      await setFaults(system, { sesDelaySeconds: 1 });
      const { user, step, input } = await aSignIn();
      await setFaults(system, { sesDelaySeconds: 0 });

      await Promise.all([start({ ...input, ...change }), start({ ...input, ...change })]);
      const code = await waitForCode(system, user);
      await system.idle();

      expect(strangersMails()).toEqual([]);
      expect(mailsTo(system, user).map(codeOf)).toEqual([code]);
      const facts = await factsOf(input);
      expect(facts.filter((name) => name.includes('FAILED') || name.startsWith('77'))).toEqual([]);
      const done = await answerCode(system.client, user, step, code);
      expect(done.AuthenticationResult?.IdToken).toBeTruthy();
    },
  );
});
