import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Admitted, admit } from '../../../../../services/guard-tokens/admission.ts';
import { CLEAN_BOOK, createClientBook } from '../../../../../services/guard-tokens/client-book.ts';
import { createSpendStore } from '../../../../../services/guard-tokens/spend-store.ts';
import type { TokenEvent } from '../../../../../services/guard-tokens/token-event.ts';
import { createClientRecords } from '../../../../../shared/table/client-records.ts';
import { createMeasured, type Measured } from '../../../../support/system/measured.ts';
import type { ChallengeTable } from '../../../../support/table/challenge-table.ts';
import { CLIENT_ID } from '../../../../support/table/challenges.ts';

export type Asked =
  | 'Authentication'
  | 'NewPasswordChallenge'
  | 'RefreshTokens'
  | 'HostedAuth'
  | 'AuthenticateDevice';

/** An instance of guard-tokens: what it keeps is its own, and the table is everybody's. */
export interface Container {
  readonly measured: Measured;
  /** The operations that it called on the table, in their order. */
  readonly calls: string[];
  ask(
    asked: Asked,
    userId: string,
    now: number,
    changes?: Readonly<Record<string, unknown>>,
  ): Promise<Admitted>;
}

export interface Deployment {
  readonly poolId: string;
  /** Without it, the deployment knows of no clients that had tokens without a code. */
  readonly reporting?: ReadonlyMap<string, number>;
}

/** Starts a container with an empty memory. */
export const aContainer = (table: ChallengeTable, { poolId, reporting }: Deployment): Container => {
  const calls: string[] = [];
  const client = new DynamoDBClient(table.settings);
  client.middlewareStack.add((next, { commandName = '' }) => (args) => {
    calls.push(commandName.replace(/Command$/, ''));
    return next(args);
  });
  const measured = createMeasured();
  const clients = reporting
    ? createClientBook(createClientRecords(client, table.tableName), reporting)
    : CLEAN_BOOK;
  const spends = createSpendStore(client, table.tableName);
  return {
    measured,
    calls,
    ask: (asked, userId, now, changes = {}) => {
      const event = {
        version: '1',
        triggerSource: `TokenGeneration_${asked}`,
        userPoolId: poolId,
        callerContext: { clientId: CLIENT_ID },
        request: { userAttributes: { sub: userId } },
        ...changes,
      };
      const dependencies = { spends, clients, measure: measured.measure, now: () => now };
      return admit(dependencies, event as unknown as TokenEvent, `request-${now}`);
    },
  };
};
