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
  /** Whether SES's answer reached whoever ordered the mail. */
  readonly answered: boolean;
}

/** An execution of the workflow, or a function whose caller has given it up while it runs. */
export interface Started {
  readonly kind: 'execution' | 'function';
  readonly input: string;
}

/** It never changes; a call makes a new one. */
export interface World {
  readonly items: Items;
  /** In the order of their texts. */
  readonly mails: readonly TakenMail[];
  /** What was started and runs by itself, in the order of their texts. */
  readonly started: readonly Started[];
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

/**
 * Whether nobody can notice when it is made, as no answer depends on it: only calls of the table and of the clock meet. So
 * it is made at once, and orders that differ only in this are one.
 */
export const isSolitary = ({ service }: Call): boolean => service !== 'DynamoDB' && service !== 'Clock';

/** They never get into a table, so all worlds have the same. */
export const SECRETS: Readonly<Record<string, string>> = {
  'code-key': JSON.stringify({ '1970-01-01T00:00:00.000Z': 'key-of-all-schedules-'.padEnd(64, 'x') }),
  'address-key': 'address-key-of-all-schedules-'.padEnd(64, 'x'),
};

const start = (world: World, kind: Started['kind'], input: string): World => ({
  ...world,
  started: [...world.started, { kind, input }].toSorted((a, b) => (a.input < b.input ? -1 : 1)),
});

const send = (
  world: World,
  { Destination, Content, EmailTags }: SendEmailCommandInput,
  answered: boolean,
): Effect => {
  const mail: TakenMail = {
    to: Destination?.ToAddresses?.join() ?? '',
    text: Content?.Simple?.Body?.Text?.Data ?? '',
    tags: Object.fromEntries((EmailTags ?? []).map(({ Name = '', Value = '' }) => [Name, Value])),
    answered,
  };
  const mails = [...world.mails, mail].toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  // All mails have one id, so that nothing depends on their order.
  return { world: { ...world, mails }, answer: { value: { MessageId: 'message' } } };
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
      return send(world, input as SendEmailCommandInput, answered && !call.isUnheard);
    case 'StepFunctions':
      return {
        world: start(world, 'execution', (input as { readonly input: string }).input),
        answer: { value: {} },
      };
    case 'Lambda':
      // A function whose answer is awaited runs in the operation that calls it.
      return {
        world: answered ? world : start(world, 'function', JSON.stringify(input)),
        answer: { value: {} },
      };
    case 'SecretsManager':
      return {
        world,
        answer: { value: { SecretString: SECRETS[(input as { readonly SecretId: string }).SecretId] } },
      };
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
