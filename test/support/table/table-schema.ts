/** The table as the template has it: its keys and its index, for CreateTable. */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import {
  EXPIRY_ATTRIBUTE,
  OPEN_INDEX,
  OPEN_SHARD_ATTRIBUTE,
  PARTITION_KEY,
  SORT_KEY,
} from '../../../shared/table/keys.ts';

export const TABLE_SCHEMA = {
  AttributeDefinitions: [
    { AttributeName: PARTITION_KEY, AttributeType: 'S' },
    { AttributeName: SORT_KEY, AttributeType: 'S' },
    { AttributeName: OPEN_SHARD_ATTRIBUTE, AttributeType: 'S' },
    { AttributeName: EXPIRY_ATTRIBUTE, AttributeType: 'N' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: OPEN_INDEX,
      KeySchema: [
        { AttributeName: OPEN_SHARD_ATTRIBUTE, KeyType: 'HASH' },
        { AttributeName: EXPIRY_ATTRIBUTE, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  KeySchema: [
    { AttributeName: PARTITION_KEY, KeyType: 'HASH' },
    { AttributeName: SORT_KEY, KeyType: 'RANGE' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
} as const satisfies Omit<CreateTableCommandInput, 'TableName'>;
