import { DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { clientKey, createClientRecords } from '../../../../shared/table/client-records.ts';

const POOL = 'eu-central-1_AbCdEf123';
const TIMES = { at: '2027-01-01T00:00:00.000Z', refusedFrom: '2027-03-31T00:00:00.000Z' };

const dynamo = mockClient(DynamoDBClient);
const records = createClientRecords(new DynamoDBClient({ region: 'us-east-1' }), 'challenges');
beforeEach(() => dynamo.reset());
afterAll(() => dynamo.restore());
const aPage = (clientId: string, isLast = true) => ({
  Items: [
    { ...clientKey(POOL, clientId), ...marshall({ taintedAt: TIMES.at, refusedFrom: TIMES.refusedFrom }) },
  ],
  ...(!isLast && { LastEvaluatedKey: clientKey(POOL, clientId) }),
});

describe('a call for the records', () => {
  test('is one strongly consistent query', async () => {
    dynamo.on(QueryCommand).resolves(aPage('client1'));

    await records.read(POOL);

    expect(dynamo.calls().map(({ args }) => args[0].input)).toEqual([
      expect.objectContaining({
        TableName: 'challenges',
        ConsistentRead: true,
        ExpressionAttributeValues: marshall({ ':pool': `POOL#${POOL}`, ':client': 'CLIENT#' }),
      }),
    ]);
  });

  test('goes on where there are more than fit into one answer', async () => {
    dynamo.on(QueryCommand).resolvesOnce(aPage('client1', false)).resolves(aPage('client2'));

    const read = await records.read(POOL);

    expect(read.map(({ clientId }) => clientId)).toEqual(['client1', 'client2']);
    expect(dynamo.calls()).toHaveLength(2);
  });

  test('rejects where the table does', async () => {
    dynamo.onAnyCommand().rejects(new Error('no answer'));

    await expect(records.read(POOL)).rejects.toThrow('no answer');
    await expect(records.taint(POOL, 'client1', TIMES)).rejects.toThrow('no answer');
    await expect(records.revoke(POOL, 'client1', TIMES.at)).rejects.toThrow('no answer');
  });

  test('does not leave a revocation that came while a later taint was being written', async () => {
    const failed = Object.assign(new Error(), { name: 'ConditionalCheckFailedException' });
    dynamo.on(UpdateItemCommand).rejectsOnce(failed).resolves({});

    await records.taint(POOL, 'client1', TIMES);

    const { UpdateExpression, ConditionExpression } =
      dynamo.commandCalls(UpdateItemCommand)[1]?.args[0].input ?? {};
    expect(UpdateExpression).toBe('SET taintedAt = :at REMOVE revokedAt');
    expect(ConditionExpression).toBe('taintedAt < :at');
  });

  test('writes one item, and nothing that would let it be deleted', async () => {
    dynamo.on(UpdateItemCommand).resolves({});

    await records.taint(POOL, 'client1', TIMES);
    await records.revoke(POOL, 'client1', TIMES.at);

    const inputs = dynamo.commandCalls(UpdateItemCommand).map(({ args }) => args[0].input);
    expect(inputs.map(({ Key }) => Key)).toEqual(
      Array(2).fill(marshall({ pk: `POOL#${POOL}`, sk: 'CLIENT#client1' })),
    );
    expect(JSON.stringify(inputs)).not.toContain('ttl');
  });
});
