/** What a round leaves behind when nothing is under way any more. */
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { InboxMail } from '../../../../local/engines/ses/inbox.ts';
import type { Challenge } from '../../../../shared/domain/challenge.ts';
import type { UserItem } from '../../../../shared/table/item.ts';
import { CHALLENGE_PREFIX, PARTITION_KEY, SORT_KEY, USER_PREFIX } from '../../../../shared/table/keys.ts';
import { codeOf } from '../../../support/system/local-system.ts';

/** A challenge with all that its item holds. */
export interface StoredChallenge extends Challenge {
  readonly openShard?: string;
}

export interface FinalState {
  readonly userId: string;
  /** Oldest first. */
  readonly challenges: readonly StoredChallenge[];
  readonly userRecord: Readonly<Record<string, unknown>>;
  readonly mails: readonly InboxMail[];
}

export const readFinalState = async (
  client: DynamoDBClient,
  tableName: string,
  userId: string,
  mails: readonly InboxMail[],
): Promise<FinalState> => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: '#pk = :user',
      ExpressionAttributeNames: { '#pk': PARTITION_KEY },
      ExpressionAttributeValues: { ':user': { S: `${USER_PREFIX}${userId}` } },
      ConsistentRead: true,
    }),
  );
  const items = Items.map((item) => unmarshall(item));
  const isChallenge = (item: Record<string, unknown>) => String(item[SORT_KEY]).startsWith(CHALLENGE_PREFIX);
  const challenges = items.filter(isChallenge).map((item) => ({
    ...item,
    userId,
    challengeId: String(item[SORT_KEY]).slice(CHALLENGE_PREFIX.length),
  })) as unknown as readonly StoredChallenge[];
  return { userId, challenges, userRecord: items.find((item) => !isChallenge(item)) ?? {}, mails };
};

/** The user record as it is stored. */
export const userItemOf = ({ userRecord }: Pick<FinalState, 'userRecord'>) => userRecord as Partial<UserItem>;

export const failuresOf = (final: FinalState): number => userItemOf(final).failedRounds?.size ?? 0;

/** When the mails were ordered that count, from the user record. (The trail has the times at which the facts were written.) */
export const orderTimesOf = (final: FinalState): readonly number[] =>
  Object.values(userItemOf(final).orders ?? {}).flatMap((of) => Object.values(of));

/** The facts of all the user's challenges, by their names without the number of the mail: `SENT`, `attempt`. */
export const countFacts = ({ challenges }: FinalState, kind: string): number =>
  challenges.flatMap(({ events }) => Object.keys(events)).filter((name) => kindOf(name) === kind).length;

/** `1#SENT` is a `SENT`, `attempt#<round>` an `attempt`, and `notice-locked#SENT` a `notice`. */
export const kindOf = (name: string): string =>
  name
    .replace(/^\d+#/, '')
    .replace(/^attempt#.*/s, 'attempt')
    .replace(/^notice-(?:locked|wrongCodes)#.*/s, 'notice');

/** The figures by which most rounds are judged. */
export interface Summary {
  readonly challenges: number;
  readonly mails: number;
  /** Verified challenges. */
  readonly verified: number;
  /** Wrong answers that were counted. */
  readonly attempts: number;
  /** Challenges that tokens were given for. */
  readonly spent: number;
}

/** The summary of a sign-in that succeeds at once. */
export const ONE_OF_EACH: Summary = { challenges: 1, mails: 1, verified: 1, attempts: 0, spent: 1 };

export const summaryOf = (final: FinalState): Summary => ({
  challenges: final.challenges.length,
  mails: final.mails.length,
  verified: countFacts(final, 'VERIFIED'),
  attempts: countFacts(final, 'attempt'),
  spent: countFacts(final, 'TOKENS_ISSUED'),
});

/** Says in words where the user's state is not as expected. */
export const differences = (final: FinalState, expected: Partial<Summary>): readonly string[] => {
  const found = summaryOf(final);
  return (Object.keys(expected) as (keyof Summary)[])
    .filter((name) => found[name] !== expected[name])
    .map((name) => `${name}: ${found[name]} instead of ${expected[name]}`);
};

/** The state for a person to read after a violation, without codes and addresses. */
export const describeFinalState = ({ challenges, userRecord, mails }: FinalState): string =>
  JSON.stringify(
    {
      challenges,
      userRecord: {
        ...userRecord,
        failedRounds: [...((userRecord.failedRounds as Iterable<string> | undefined) ?? [])],
      },
      mails: mails.map(({ receivedAt, tags, messageId }) => ({ receivedAt, tags, messageId })),
      codes: new Set(mails.map(codeOf)).size,
    },
    null,
    1,
  );
