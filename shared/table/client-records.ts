/** Reads and writes what is kept of a pool's app clients: that tokens were, or could be, had there without a code. */
import { type DynamoDBClient, paginateQuery, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Taint } from '../clients/client-standing.ts';
import type { Item } from './item.ts';
import { CLIENT_PREFIX, PARTITION_KEY, POOL_PREFIX, SORT_KEY } from './keys.ts';
import { unlessConditionFails } from './table.ts';

/** All times are ISO 8601 in UTC. */
export interface ClientRecord extends Taint {
  readonly clientId: string;
}

export interface TaintTimes {
  readonly at: string;
  readonly refusedFrom: string;
}

export interface ClientRecords {
  /** The records of a pool, strongly consistent, with one call for as many as fit into 1 MB. */
  read(poolId: string): Promise<readonly ClientRecord[]>;
  /**
   * Records that the client is tainted. One that is so already is from this later time on, and refuses from the earlier of both
   * times; one that was revoked gets these.
   */
  taint(poolId: string, clientId: string, times: TaintTimes): Promise<void>;
  /**
   * Records that all users of the pool had been signed out at this time. Only for a client where no tokens are given without
   * a code any more: those that come later would count as given with one. Resolves to false, and changes nothing, if the
   * client was tainted after that time: then not all of its users are signed out.
   */
  revoke(poolId: string, clientId: string, at: string): Promise<boolean>;
}

/** The key of a client's item, in DynamoDB's format. */
export const clientKey = (poolId: string, clientId: string): Item =>
  marshall({ [PARTITION_KEY]: `${POOL_PREFIX}${poolId}`, [SORT_KEY]: `${CLIENT_PREFIX}${clientId}` });

/** What is missing or no text is an empty one, which is no time: it refuses. */
const toClientRecord = (item: Item): ClientRecord => {
  const { [SORT_KEY]: key, taintedAt, refusedFrom, revokedAt } = unmarshall(item);
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    clientId: text(key).slice(CLIENT_PREFIX.length),
    taintedAt: text(taintedAt),
    refusedFrom: text(refusedFrom),
    ...(revokedAt !== undefined && { revokedAt: text(revokedAt) }),
  };
};

/** An update of a client's item, and what has to hold for it. */
interface Write {
  readonly update: string;
  readonly onlyIf: string;
}

/** The first write of a client, or the first after a revocation. */
const BEGINS: Write = {
  update: 'SET taintedAt = :at, refusedFrom = :refusedFrom REMOVE revokedAt',
  onlyIf: 'attribute_not_exists(taintedAt) OR attribute_exists(revokedAt)',
};
/** A revocation may have come since `BEGINS` failed. The tokens of this taint come after it. */
const LASTS: Write = { update: 'SET taintedAt = :at REMOVE revokedAt', onlyIf: 'taintedAt < :at' };
const REFUSES_EARLIER: Write = {
  update: 'SET refusedFrom = :refusedFrom',
  onlyIf: 'refusedFrom > :refusedFrom',
};
/** A client without a record may be one that the deployment names: then only a record makes it clean. */
const REVOKES: Write = {
  update:
    'SET taintedAt = if_not_exists(taintedAt, :at), refusedFrom = if_not_exists(refusedFrom, :at), revokedAt = :at',
  onlyIf: 'attribute_not_exists(taintedAt) OR taintedAt <= :at',
};

/** A `ClientRecords` for this table. */
export const createClientRecords = (client: DynamoDBClient, tableName: string): ClientRecords => {
  /** Resolves to whether the condition held. DynamoDB takes no value that the expressions do not name. */
  const write = async (Key: Item, { update, onlyIf }: Write, times: Readonly<Record<string, string>>) => {
    const sent = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key,
        UpdateExpression: update,
        ConditionExpression: onlyIf,
        ExpressionAttributeValues: marshall(times),
      }),
    );
    return (await unlessConditionFails(sent)) !== undefined;
  };

  return {
    read: async (poolId) => {
      const query = {
        TableName: tableName,
        KeyConditionExpression: '#pk = :pool AND begins_with(#sk, :client)',
        ExpressionAttributeNames: { '#pk': PARTITION_KEY, '#sk': SORT_KEY },
        ExpressionAttributeValues: marshall({ ':pool': `${POOL_PREFIX}${poolId}`, ':client': CLIENT_PREFIX }),
        ConsistentRead: true,
      };
      const records: ClientRecord[] = [];
      for await (const { Items = [] } of paginateQuery({ client }, query))
        records.push(...Items.map(toClientRecord));
      return records;
    },

    taint: async (poolId, clientId, { at, refusedFrom }) => {
      const key = clientKey(poolId, clientId);
      if (await write(key, BEGINS, { ':at': at, ':refusedFrom': refusedFrom })) return;
      await write(key, LASTS, { ':at': at });
      await write(key, REFUSES_EARLIER, { ':refusedFrom': refusedFrom });
    },

    revoke: (poolId, clientId, at) => write(clientKey(poolId, clientId), REVOKES, { ':at': at }),
  };
};
