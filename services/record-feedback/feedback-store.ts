/** Writes reports into the trail. The write's condition makes the item the same for every order and number of repeats. */
import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Challenge, Fact } from '../../shared/domain/challenge.ts';
import { toChallenge } from '../../shared/table/item.ts';
import { challengeKey, isFailedCondition } from '../../shared/table/table.ts';
import { ownMail } from './own-mail.ts';
import type { FeedbackReport } from './read-report.ts';

/** `first`: the first report of its kind for this mail. `known`: there was one already. `unmatched`: no such mail was sent. */
export type Recorded =
  | { readonly kind: 'first'; readonly challenge: Challenge }
  | { readonly kind: 'known' }
  | { readonly kind: 'unmatched' };

export type RecordReport = (feedback: FeedbackReport) => Promise<Recorded>;

// SES may report the same thing twice, or once for each of two mails of one delivery. The earliest report is kept; of two
// at the same time, the one with the smaller message id. So the order of arrival does not matter.
const IS_EARLIEST =
  'attribute_not_exists(events.#report) OR events.#report.#at > :at OR ' +
  '(events.#report.#at = :at AND events.#report.messageId > :messageId)';

type Written =
  | { readonly kind: 'written'; readonly before: Challenge }
  | { readonly kind: 'refused'; readonly tries: number };

/** Returns the function that writes a report. It never changes the challenge's outcome. */
export const createRecordReport = (client: DynamoDBClient, tableName: string): RecordReport => {
  const write = async (feedback: FeedbackReport): Promise<Written> => {
    const { userId, challengeId, fact } = feedback;
    const { factName, isOwn, update, names, values } = ownMail(feedback, feedback.report);
    const command = new UpdateItemCommand({
      TableName: tableName,
      Key: challengeKey(userId, challengeId),
      UpdateExpression: `SET events.#report = :fact${update}`,
      ConditionExpression: `${isOwn} AND (${IS_EARLIEST})`,
      ExpressionAttributeNames: { ...names, '#report': factName, '#at': 'at' },
      ExpressionAttributeValues: marshall({
        ...values,
        ':fact': fact,
        ':at': fact.at,
        ':messageId': fact.messageId,
      }),
      ReturnValues: 'ALL_OLD',
    });
    try {
      const { Attributes = {} } = await client.send(command);
      return { kind: 'written', before: toChallenge(feedback, Attributes) };
    } catch (error) {
      if (!isFailedCondition(error)) throw error;
      return { kind: 'refused', tries: error.$metadata.attempts ?? 1 };
    }
  };

  return async (feedback) => {
    const { userId, challengeId, fact } = feedback;
    const { factName: name } = ownMail(feedback, feedback.report);
    const written = await write(feedback);
    if (written.kind === 'written') {
      const { before } = written;
      return before.events[name] === undefined ? { kind: 'first', challenge: before } : { kind: 'known' };
    }
    const Key = challengeKey(userId, challengeId);
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
    );
    const challenge = Item && toChallenge(feedback, Item);
    // Without an earlier report of its kind, only a mail that is not ours is refused.
    if (challenge?.events[name] === undefined) return { kind: 'unmatched' };
    // If the response to the first try was lost, the SDK's second try finds what the first one wrote.
    const isOwn = written.tries > 1 && isSame(challenge.events[name], fact);
    return isOwn ? { kind: 'first', challenge } : { kind: 'known' };
  };
};

const isSame = (stored: Fact | undefined, { at, messageId }: Fact): boolean =>
  stored?.at === at && stored.messageId === messageId;
