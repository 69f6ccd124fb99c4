/** Writes what earlier sign-ins would have left of a user. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { UserItem } from '../../../../shared/table/item.ts';
import { userKey } from '../../../../shared/table/table.ts';
import type { Person } from './cognito.ts';
import type { World } from './world.ts';

export const writeUserRecord = async (
  { database, tableName }: World,
  { userId }: Person,
  record: UserItem,
): Promise<void> => {
  const Item = { ...userKey(userId), ...marshall(record) };
  await database.send(new PutItemCommand({ TableName: tableName, Item }));
};
