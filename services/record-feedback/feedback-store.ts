/** Writes reports into the trail. One write, whose condition makes any order and any number of repeats give the same item. */
import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type Challenge, factName, requestName } from '../../shared/challenge.ts';
import { toChallenge } from '../../shared/challenge-store.ts';
import { challengeKey, unlessConditionFails } from '../../shared/table.ts';
import type { Feedback } from './read-feedback.ts';

/** `first`: the first report of its kind for this mail; `known`: there was one already; `unmatched`: no such mail. */
export type Recorded =
  | { readonly kind: 'first'; readonly challenge: Challenge }
  | { readonly kind: 'known' }
  | { readonly kind: 'unmatched' };

export type RecordReport = (feedback: Feedback) => Promise<Recorded>;

// SES may report the same thing twice, or, for a mail that went out twice, of both. The earliest is kept, and of two at
// the same time the one with the smaller message id, so that the order of arrival does not matter.
const IS_EARLIEST =
  'attribute_not_exists(events.#report) OR events.#report.#at > :at OR ' +
  '(events.#report.#at = :at AND events.#report.messageId > :messageId)';

/** Never touches the outcome. */
export const createRecordReport =
  (client: DynamoDBClient, tableName: string): RecordReport =>
  async (feedback) => {
    const { userId, challengeId, delivery, report, fact } = feedback;
    const name = factName(delivery, report);
    const requested = requestName(delivery);
    const Key = challengeKey(userId, challengeId);
    const written = await unlessConditionFails(
      client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key,
          // Whatever SES reports of it, it took the mail: that is known even if the workflow could not write it down.
          UpdateExpression: 'SET events.#report = :fact, mailed = :mailed',
          ConditionExpression: `attribute_exists(events.#requested) AND (${IS_EARLIEST})`,
          ExpressionAttributeNames: { '#report': name, '#requested': requested, '#at': 'at' },
          ExpressionAttributeValues: marshall({
            ':fact': fact,
            ':mailed': true,
            ':at': fact.at,
            ':messageId': fact.messageId,
          }),
          ReturnValues: 'ALL_OLD',
        }),
      ),
    );
    if (written?.Attributes !== undefined) {
      const challenge = toChallenge(feedback, written.Attributes);
      return challenge.events[name] === undefined ? { kind: 'first', challenge } : { kind: 'known' };
    }
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
    );
    const isKnown = Item !== undefined && toChallenge(feedback, Item).events[requested] !== undefined;
    return { kind: isKnown ? 'known' : 'unmatched' };
  };
