/** What the operations share: the table, the mails that SES has taken, the executions that were started, and the time. */
import type { SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import type { Item } from '../../../../shared/table/item.ts';
import { applyOperation, type Items, keyTextOf, NO_ITEMS } from '../../../support/table/memory-table.ts';
import type { Answer, Call } from './operation.ts';

/** A mail that SES has taken. */
export interface TakenMail {
  readonly to: string;
  readonly text: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly messageId: string;
  /** Whether SES's answer reached whoever sent it. */
  readonly answered: boolean;
}

/** It never changes; a call makes a new one. */
export interface World {
  readonly items: Items;
  /** In the order of their texts, because no rule depends on another order. */
  readonly mails: readonly TakenMail[];
  /** The inputs of the executions that were started, in order. */
  readonly started: readonly string[];
  /** Epoch milliseconds. */
  readonly time: number;
}

export const anEmptyWorld = (time: number): World => ({ items: NO_ITEMS, mails: [], started: [], time });

export interface Effect {
  readonly world: World;
  readonly answer: Pick<Answer, 'value' | 'error'>;
}

const READS = ['GetItem', 'BatchGetItem', 'Query', 'GetSecretValue'];

/** Whether the call changes nothing. To lose its answer is then the same as to lose the call. */
export const isRead = ({ operation }: Call): boolean => READS.includes(operation);

/** Whether its answer is the same at any time, and nobody notices that it was made. */
export const isSolitary = ({ operation }: Call): boolean => operation === 'GetSecretValue';

/** The secret of the code key. Its name never gets into a table, so every world may have the same. */
export const KEYRING = JSON.stringify({
  '1970-01-01T00:00:00.000Z': 'key-of-all-schedules-'.padEnd(64, 'x'),
});

const send = (
  world: World,
  { Destination, Content, EmailTags }: SendEmailCommandInput,
  answered: boolean,
): Effect => {
  const messageId = `message-${world.mails.length + 1}`;
  const mail: TakenMail = {
    to: Destination?.ToAddresses?.join() ?? '',
    text: Content?.Simple?.Body?.Text?.Data ?? '',
    tags: Object.fromEntries((EmailTags ?? []).map(({ Name = '', Value = '' }) => [Name, Value])),
    messageId,
    answered,
  };
  return { world: { ...world, mails: [...world.mails, mail] }, answer: { value: { MessageId: messageId } } };
};

const useTable = (world: World, { operation, input }: Call): Effect => {
  try {
    const { items, output } = applyOperation(world.items, operation, input);
    return { world: { ...world, items }, answer: { value: output } };
  } catch (error) {
    if (!(error instanceof Error) || !('$metadata' in error)) throw error;
    return { world, answer: { error: { name: error.name, message: error.message } } };
  }
};

/** Does the call. `answered`: whether the answer reaches the caller. */
export const carryOut = (world: World, call: Call, answered: boolean): Effect => {
  const { service, input } = call;
  switch (service) {
    case 'DynamoDB':
      return useTable(world, call);
    case 'SES':
      return send(world, input as SendEmailCommandInput, answered);
    case 'StepFunctions':
      return {
        world: { ...world, started: [...world.started, (input as { readonly input: string }).input] },
        answer: { value: {} },
      };
    case 'SecretsManager':
      return { world, answer: { value: { SecretString: KEYRING } } };
    case 'Clock': {
      const { until } = input as { readonly until: number };
      return { world: { ...world, time: Math.max(world.time, until) }, answer: {} };
    }
  }
};

/** The items that decide what the call does, so that the same call on the same items need not be done again. */
export const touchedBy = (items: Items, { service, input }: Call): readonly (Item | undefined)[] => {
  if (service !== 'DynamoDB') return [];
  const { Key, Item: item } = input as { readonly Key?: Item; readonly Item?: Item };
  if (Key !== undefined) return [items.get(keyTextOf(Key))];
  return item === undefined ? [...items.values()] : [items.get(keyTextOf(item))];
};
