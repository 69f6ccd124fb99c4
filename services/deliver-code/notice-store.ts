/** What a notice needs of the table: the proof that it was ordered, and the right to send it. */
import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Challenge } from '../../shared/domain/challenge.ts';
import { CAUSE_OF, type NoticeRef, noticeFactName } from '../../shared/domain/notices/notice-facts.ts';
import { noticeSenderName, toChallenge, toUserRecord } from '../../shared/table/item.ts';
import { challengeKey, unlessConditionFails, userKey } from '../../shared/table/table.ts';

export interface NoticeClaim extends NoticeRef {
  /** The keyed hash of the address that the notice would go to. */
  readonly addressHash: string;
  /** The invocation that sends it. */
  readonly sender: string;
}

export interface NoticeStore {
  /** Whether verify-auth-challenge has ordered this notice and no later one of its kind. */
  isOrdered(ref: NoticeRef): Promise<boolean>;
  /**
   * Makes the invocation the notice's only sender, if the challenge is for this address, has what the notice tells of, and nobody
   * has sent or is sending it. It lasts for good: a notice may be lost, but never comes twice. Returns undefined if not.
   */
  claim(claim: NoticeClaim): Promise<Challenge | undefined>;
  read(ref: NoticeRef): Promise<Challenge | undefined>;
  /** Lets another try send the notice, after SES has certainly not taken it. */
  release(claim: Pick<NoticeClaim, keyof NoticeRef | 'sender'>): Promise<void>;
}

/** A `NoticeStore` for this table. */
export const createNoticeStore = (client: DynamoDBClient, tableName: string): NoticeStore => ({
  isOrdered: async ({ userId, challengeId, notice }) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: userKey(userId), ConsistentRead: true }),
    );
    return Item !== undefined && toUserRecord(Item).notices?.[notice]?.challengeId === challengeId;
  },

  claim: async (claim) => {
    const { userId, challengeId, notice, addressHash, sender } = claim;
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: challengeKey(userId, challengeId),
        UpdateExpression: 'SET #sender = :sender',
        ConditionExpression:
          'addressHash = :addressHash AND attribute_exists(events.#cause) AND ' +
          'attribute_not_exists(events.#sent) AND attribute_not_exists(events.#accepted) AND ' +
          '(attribute_not_exists(#sender) OR #sender = :sender)',
        ExpressionAttributeNames: {
          '#sender': noticeSenderName(notice),
          '#cause': CAUSE_OF[notice],
          '#sent': noticeFactName(notice, 'SENT'),
          '#accepted': noticeFactName(notice, 'ACCEPTED'),
        },
        ExpressionAttributeValues: marshall({ ':addressHash': addressHash, ':sender': sender }),
        ReturnValues: 'ALL_NEW',
      }),
    );
    const { Attributes } = (await unlessConditionFails(write)) ?? {};
    return Attributes && toChallenge(claim, Attributes);
  },

  read: async (ref) => {
    const Key = challengeKey(ref.userId, ref.challengeId);
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
    );
    return Item && toChallenge(ref, Item);
  },

  release: async ({ userId, challengeId, notice, sender }) => {
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: challengeKey(userId, challengeId),
        UpdateExpression: 'REMOVE #sender',
        ConditionExpression: '#sender = :sender',
        ExpressionAttributeNames: { '#sender': noticeSenderName(notice) },
        ExpressionAttributeValues: marshall({ ':sender': sender }),
      }),
    );
    await unlessConditionFails(write);
  },
});
