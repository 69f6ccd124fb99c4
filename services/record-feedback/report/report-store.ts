/**
 * Writes a report into the challenge and the user record. The function behind a public URL may only update, and only the attributes
 * that are named here; it sees of the table the challenge that it has written.
 */
import {
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Challenge, ChallengeRef, DeliveryRef, Fact } from '../../../shared/domain/challenge.ts';
import { DAY_SECONDS } from '../../../shared/domain/limits.ts';
import { type Item, reportName, toChallenge } from '../../../shared/table/item.ts';
import { challengeKey, unlessConditionFails, userKey } from '../../../shared/table/table.ts';

export interface ChallengeReport extends DeliveryRef {
  /** The hash of the token that came with the report. */
  readonly hash: string;
  readonly fact: Fact;
}

export interface ReportBlock extends ChallengeRef {
  /** When the report came that blocks, in epoch milliseconds. */
  readonly at: number;
  /** The end of the block in epoch milliseconds. */
  readonly until: number;
}

export interface ReportStore {
  /**
   * Ends the challenge as `REVOKED` if it has no outcome; otherwise records once that it was reported. Repeating it changes nothing.
   * Returns the stored challenge, or undefined if the delivery was not mailed with a link that has this token.
   */
  report(report: ChallengeReport): Promise<Challenge | undefined>;
  /**
   * Blocks the user until then, unless a report as new as this one has done so, or three within a day before it. The challenge is
   * taken off the user record, so that it is handed out to nobody.
   */
  block(block: ReportBlock): Promise<void>;
  /** Only takes the challenge off the user record. */
  withdraw(ref: ChallengeRef): Promise<void>;
}

type Write = Pick<
  UpdateItemCommandInput,
  'Key' | 'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames'
> & {
  readonly values: Readonly<Record<string, unknown>>;
};

// Whoever reports chooses the token, but not its hash. So it does not matter that the comparison takes longer the more of the
// hash is right: nobody can go on from there to a token.
const HAS_LINK = '#report = :hash';

const challengeWrite = (
  { delivery, hash, fact, ...ref }: ChallengeReport,
  name: 'REVOKED' | 'REPORTED',
): Write => {
  const revokes = name === 'REVOKED';
  return {
    Key: challengeKey(ref.userId, ref.challengeId),
    UpdateExpression: `SET events.#fact = if_not_exists(events.#fact, :fact)${
      revokes ? ', #outcome = :revoked REMOVE openShard' : ''
    }`,
    ConditionExpression: revokes
      ? `${HAS_LINK} AND (attribute_not_exists(#outcome) OR #outcome = :revoked)`
      : `${HAS_LINK} AND attribute_exists(#outcome)`,
    ExpressionAttributeNames: { '#report': reportName(delivery), '#fact': name, '#outcome': 'outcome' },
    values: { ':hash': hash, ':fact': fact, ...(revokes && { ':revoked': 'REVOKED' }) },
  };
};

/** The last three blocks move on by one, so the first of them shows whether there were three within a day. */
const blockWrite = ({ userId, challengeId, at, until }: ReportBlock): Write => ({
  Key: userKey(userId),
  UpdateExpression:
    'SET blockedUntil = :until, #first = if_not_exists(#second, :never), #second = if_not_exists(#third, :never), ' +
    '#third = :at ADD #version :one REMOVE #latest.#challengeId',
  ConditionExpression:
    'attribute_exists(#latest) AND (attribute_not_exists(#first) OR #first <= :dayAgo) AND ' +
    '(attribute_not_exists(#third) OR #third < :at)',
  ExpressionAttributeNames: {
    '#first': 'block#1',
    '#second': 'block#2',
    '#third': 'block#3',
    '#version': 'version',
    '#latest': 'latest',
    '#challengeId': challengeId,
  },
  values: { ':until': until, ':never': 0, ':at': at, ':one': 1, ':dayAgo': at - DAY_SECONDS * 1000 },
});

const withdrawal = ({ userId, challengeId }: ChallengeRef): Write => ({
  Key: userKey(userId),
  UpdateExpression: 'ADD #version :one REMOVE #latest.#challengeId',
  ConditionExpression: 'attribute_exists(#latest.#challengeId)',
  ExpressionAttributeNames: { '#version': 'version', '#latest': 'latest', '#challengeId': challengeId },
  values: { ':one': 1 },
});

/** A `ReportStore` for this table. */
export const createReportStore = (client: DynamoDBClient, tableName: string): ReportStore => {
  /** Returns undefined if the condition did not hold; otherwise what is asked for: the item after the write, or nothing of it. */
  const update = async (
    { values, ...write }: Write,
    returned: 'ALL_NEW' | 'NONE',
  ): Promise<Item | undefined> => {
    const sent = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        ExpressionAttributeValues: marshall(values),
        ReturnValues: returned,
        ...write,
      }),
    );
    const written = await unlessConditionFails(sent);
    return written && (written.Attributes ?? {});
  };
  const withdraw = async (ref: ChallengeRef): Promise<void> => void (await update(withdrawal(ref), 'NONE'));

  return {
    report: async (report) => {
      // An outcome is for good, so nothing can come between the two.
      const item =
        (await update(challengeWrite(report, 'REVOKED'), 'ALL_NEW')) ??
        (await update(challengeWrite(report, 'REPORTED'), 'ALL_NEW'));
      return item && toChallenge(report, item);
    },
    block: async (block) => {
      if ((await update(blockWrite(block), 'NONE')) === undefined) await withdraw(block);
    },
    withdraw,
  };
};
