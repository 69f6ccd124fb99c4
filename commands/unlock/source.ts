/** Where `npm run unlock` finds the user: the local system's table, or that of a deployed stack. */
import { resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { GuardLimits } from '../../shared/domain/policy.ts';
import { parseGuardLimits } from '../../shared/messages/guard-limits.ts';
import { type ChallengeStore, createChallengeStore } from '../../shared/table/challenge-store.ts';
import { createGuardStore, type GuardStore } from '../../shared/table/guard-store.ts';
import { createTrail, type Trail } from '../../shared/table/trail.ts';
import { asRole } from '../common/as-role.ts';
import { findRunningSystem } from '../common/connect.ts';
import type { Source } from '../common/source.ts';
import { readStackOutputs } from '../common/stack-outputs.ts';

export interface UnlockSource extends Disposable {
  readonly guards: Pick<GuardStore, 'readGuard' | 'unlock'>;
  readonly challenges: Pick<ChallengeStore, 'note'>;
  readonly trail: Pick<Trail, 'ofUser'>;
  readonly limits: GuardLimits;
  /** The time as the service sees it, in epoch milliseconds. */
  readonly now: number;
}

const openTable = (
  dynamo: DynamoDBClient,
  { tableName, guardLimits }: { readonly tableName: string; readonly guardLimits: string },
  now: number,
): UnlockSource => ({
  guards: createGuardStore(dynamo, tableName),
  challenges: createChallengeStore(dynamo, tableName),
  trail: createTrail(dynamo, tableName),
  limits: parseGuardLimits(guardLimits),
  now,
  [Symbol.dispose]: () => dynamo.destroy(),
});

/** `root` is the project's folder. Throws `NotRunningError`, `UsageError`, and what AWS refuses. */
export const openUnlockSource = async (source: Source, root: string): Promise<UnlockSource> => {
  if (source.kind === 'local') {
    const { settings, outputs, now } = await findRunningSystem(resolve(root, source.folder), [
      'tableName',
      'guardLimits',
    ]);
    return openTable(new DynamoDBClient(settings), outputs, now);
  }
  const settings = source.region === undefined ? {} : { region: source.region };
  const {
    TableName: tableName,
    GuardLimits: guardLimits,
    UnlockRoleArn: roleArn,
  } = await readStackOutputs(settings, source.name, ['TableName', 'GuardLimits', 'UnlockRoleArn']);
  const dynamo = new DynamoDBClient({ ...settings, credentials: asRole(settings, roleArn, 'unlock') });
  return openTable(dynamo, { tableName, guardLimits }, Date.now());
};
