/** Writes reports into the trail. The write's condition makes the item the same for every order and number of repeats. */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type Challenge, type Fact, factName, requestName } from '../../shared/domain/challenge.ts';
import { leaseName, toChallenge, unclearName } from '../../shared/table/item.ts';
import { challengeKey } from '../../shared/table/table.ts';
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

// Whoever may send with the service's configuration set can give a mail the tags of a challenge. So where it is known which
// mails were sent, a report must be about one of them. After a lost answer of SES, there are mails whose ids are not known.
// Where nobody has the lease and no try is unclear there is no mail, and a report that was believed would keep the real one
// back. c5286e8 marks no try as unclear.
const IS_ABOUT_OUR_MAIL =
  'events.#sent.messageId = :messageId OR events.#accepted.messageId = :messageId OR ' +
  '((attribute_exists(#lease) OR attribute_exists(#unclear)) AND ' +
  'attribute_not_exists(events.#sent) AND attribute_not_exists(events.#accepted)) OR size(#unclear) > :one';

type Written =
  | { readonly kind: 'written'; readonly before: Challenge }
  | { readonly kind: 'refused'; readonly tries: number };

/** Returns the function that writes a report. It never changes the challenge's outcome. */
export const createRecordReport = (client: DynamoDBClient, tableName: string): RecordReport => {
  const write = async (feedback: FeedbackReport): Promise<Written> => {
    const { userId, challengeId, delivery, report, fact } = feedback;
    const command = new UpdateItemCommand({
      TableName: tableName,
      Key: challengeKey(userId, challengeId),
      // Every report shows that SES took the mail, even if the workflow could not record that.
      UpdateExpression: 'SET events.#report = :fact, mailed = :mailed',
      ConditionExpression: `attribute_exists(events.#requested) AND (${IS_ABOUT_OUR_MAIL}) AND (${IS_EARLIEST})`,
      ExpressionAttributeNames: {
        '#report': factName(delivery, report),
        '#requested': requestName(delivery),
        '#sent': factName(delivery, 'SENT'),
        '#accepted': factName(delivery, 'ACCEPTED'),
        '#lease': leaseName(delivery),
        '#unclear': unclearName(delivery),
        '#at': 'at',
      },
      ExpressionAttributeValues: marshall({
        ':fact': fact,
        ':mailed': true,
        ':one': 1,
        ':at': fact.at,
        ':messageId': fact.messageId,
      }),
      ReturnValues: 'ALL_OLD',
    });
    try {
      const { Attributes = {} } = await client.send(command);
      return { kind: 'written', before: toChallenge(feedback, Attributes) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { kind: 'refused', tries: error.$metadata.attempts ?? 1 };
    }
  };

  return async (feedback) => {
    const { userId, challengeId, delivery, report, fact } = feedback;
    const name = factName(delivery, report);
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
