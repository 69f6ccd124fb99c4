import { readFileSync } from 'node:fs';
import { UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { Execution } from '../../../../local/engines/step-functions/execution.ts';
import type { Invocation } from '../../../../local/ground/service.ts';
import type { Challenge } from '../../../../shared/domain/challenge.ts';
import type { UserRecord } from '../../../../shared/domain/policy.ts';
import type { Delivered, DeliveryInput } from '../../../../shared/messages/delivery.ts';
import type { NoticeInput } from '../../../../shared/messages/notice.ts';
import { deliveryDefinition } from '../../../support/infra/delivery-definition.ts';
import type { ChallengeTable } from '../../../support/table/challenge-table.ts';
import {
  ADDRESS_HASH,
  aClaimedDelivery,
  aRequest,
  EMAIL,
  REF,
  USER_ID,
} from '../../../support/table/challenges.ts';
import { aSystem } from '../../local/engines/step-functions/step-functions-system.ts';

export const TEXT = readFileSync(
  new URL('../../../../infra/functions/delivery-workflow.asl.json', import.meta.url),
  'utf8',
);
export const ORDER = { ...REF, delivery: 1, email: EMAIL, locale: 'de' };
export const INPUT: DeliveryInput = { ...ORDER, addressHash: ADDRESS_HASH };
export const SENT: Delivered = {
  kind: 'sent',
  messageId: 'message-1',
  sentAt: '2025-01-15T12:00:01.000Z',
  try: 2,
};

export interface WorkflowRun {
  readonly execution: Execution;
  /** What the task was given in each try. */
  readonly tasks: readonly unknown[];
  /** The writes, by their expressions. */
  readonly writes: readonly string[];
  readonly challenge: Challenge | undefined;
  readonly userRecord: UserRecord;
}

/** Orders the first mail, as create-auth-challenge does. */
export const orderMail = async (table: ChallengeTable): Promise<void> => {
  const userRecord = await table.users.readUserRecord(USER_ID);
  await table.users.claimDelivery(USER_ID, userRecord, aClaimedDelivery(userRecord));
  await table.challenges.request(aRequest());
};

interface Options {
  /** How many times as fast as it is, time passes for the workflow. */
  readonly rate?: number;
  /** What whoever starts the execution changes of its input. `undefined` takes a field away; what is no object replaces it. */
  readonly input?:
    | Readonly<Partial<Record<keyof DeliveryInput | keyof NoticeInput | 'kind', unknown>>>
    | string
    | number
    | null;
  /** Fails the writes with this text in their expression. */
  readonly failing?: string;
}

/** Runs the workflow once on a real DynamoDB engine, with these answers of deliver-code. */
export const runWorkflow = async (
  table: ChallengeTable,
  answer: (now: number) => Invocation | Promise<Invocation>,
  { rate = 1, input = {}, failing }: Options = {},
): Promise<WorkflowRun> => {
  const definition = deliveryDefinition(table.tableName);
  const writes: string[] = [];
  const system = aSystem(definition, {
    answer: () => answer(system.clock.now()),
    callService: async (_service, _operation, parameters) => {
      const update = parameters as unknown as UpdateItemCommandInput;
      writes.push(update.UpdateExpression ?? '');
      if (failing !== undefined && update.UpdateExpression?.includes(failing)) {
        throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
      }
      await table.client.send(new UpdateItemCommand(update));
      return {};
    },
  });
  system.clock.adjust({ rate });
  const isChange = typeof input === 'object' && input !== null;
  const execution = await system.run(isChange ? { ...INPUT, ...input } : input);
  return {
    execution,
    tasks: system.events,
    writes,
    challenge: await table.challenges.read(REF),
    userRecord: await table.users.readUserRecord(USER_ID),
  };
};
