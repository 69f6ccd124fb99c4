/** The challenge items. Verbs only: each method is one read or one atomic conditional write that carries its fact. */
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { attemptName, type Challenge, type ChallengeId, expiryOf, type Fact } from './challenge.ts';
import { challengeKey, TTL_ATTRIBUTE, unlessConditionFails } from './table.ts';

/** Names a challenge; both parts are needed, so nobody's challenge answers for somebody else. */
export interface ChallengeRef {
  readonly userId: string;
  readonly challengeId: ChallengeId;
}

export interface ChallengeRequest extends ChallengeRef {
  readonly delivery: number;
  /** Masked. */
  readonly recipient: string;
  readonly lifetimeSeconds: number;
  readonly retentionSeconds: number;
  readonly fact: Fact;
}

export interface Answer extends ChallengeRef {
  /** Random per round, so that Cognito's retry of a round is told from a new one. */
  readonly round: string;
  readonly now: number;
  readonly maxAttempts: number;
  readonly by: string;
}

/** Whether the answer would be the last that the challenge takes: that one has to close it in the same write. */
export type Attempt = 'notLast' | 'last';

export interface LeaseClaim extends ChallengeRef {
  readonly delivery: number;
  /** The execution that wants to send. */
  readonly owner: string;
  readonly now: number;
  /** Epoch milliseconds. */
  readonly until: number;
}

export interface ChallengeStore {
  read(ref: ChallengeRef): Promise<Challenge | undefined>;
  /**
   * Creates the challenge (delivery 1), or notes that delivery n was asked for; repeating it changes nothing. Answers
   * what is stored; undefined where a challenge to be mailed again was never stored, because a crash came first.
   */
  request(request: ChallengeRequest): Promise<Challenge | undefined>;
  /** A right code: verifies the challenge if it is live and at this attempt, or if this very round has verified it before. */
  consume(answer: Answer, attempt: Attempt): Promise<boolean>;
  /** A wrong code: counts it, once per round, if the challenge is live and at this attempt; the last one exhausts it. */
  countAttempt(answer: Answer, attempt: Attempt): Promise<boolean>;
  /** The right to send a delivery, if the challenge is live, the mail is not out and nobody else holds the right. */
  claimLease(claim: LeaseClaim): Promise<Challenge | undefined>;
}

const toChallenge = (ref: ChallengeRef, item: Record<string, AttributeValue>): Challenge => {
  const { recipient, expiresAt, attempts, outcome, events } = unmarshall(item) as Challenge;
  const { userId, challengeId } = ref;
  return { userId, challengeId, recipient, expiresAt, attempts, events, ...(outcome && { outcome }) };
};

type Write = Pick<
  UpdateItemCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames'
> & {
  readonly values: Readonly<Record<string, unknown>>;
};

const firstRequest = (request: ChallengeRequest): Write => {
  const expiresAt = expiryOf(request.challengeId, request.lifetimeSeconds);
  return {
    UpdateExpression:
      'SET recipient = if_not_exists(recipient, :recipient), expiresAt = if_not_exists(expiresAt, :expiresAt), ' +
      'attempts = if_not_exists(attempts, :zero), #ttl = if_not_exists(#ttl, :ttl), events = if_not_exists(events, :events)',
    ConditionExpression: undefined,
    ExpressionAttributeNames: { '#ttl': TTL_ATTRIBUTE },
    values: {
      ':recipient': request.recipient,
      ':expiresAt': expiresAt,
      ':zero': 0,
      ':ttl': Math.ceil(expiresAt / 1000) + request.retentionSeconds,
      ':events': { '1#REQUESTED': request.fact },
    },
  };
};

const resendRequest = ({ delivery, fact }: ChallengeRequest): Write => ({
  UpdateExpression: 'SET events.#requested = if_not_exists(events.#requested, :fact)',
  ConditionExpression: 'attribute_exists(pk)',
  ExpressionAttributeNames: { '#requested': `${delivery}#RESEND_REQUESTED` },
  values: { ':fact': fact },
});

const LIVE = 'attribute_not_exists(#outcome) AND expiresAt > :now';

// Right and wrong answers are admitted by the very same condition: if either had it easier, many answers at once would
// be worth more than `maxAttempts` guesses.
const admitted = (attempt: Attempt): string =>
  `${LIVE} AND ${attempt === 'last' ? 'attempts = :last' : 'attempts < :last'}`;

const factOf = ({ now, by, round }: Answer): Fact => ({ at: new Date(now).toISOString(), by, round });

const consumption = (answer: Answer, attempt: Attempt): Write => ({
  UpdateExpression:
    'SET #outcome = :verified, verifiedRound = :round, events.#verified = if_not_exists(events.#verified, :fact)',
  ConditionExpression: `(${admitted(attempt)}) OR (#outcome = :verified AND verifiedRound = :round)`,
  ExpressionAttributeNames: { '#outcome': 'outcome', '#verified': 'VERIFIED' },
  values: {
    ':verified': 'VERIFIED',
    ':round': answer.round,
    ':now': answer.now,
    ':last': answer.maxAttempts - 1,
    ':fact': factOf(answer),
  },
});

const wrongAttempt = (answer: Answer, attempt: Attempt): Write => {
  const exhausts = attempt === 'last';
  return {
    UpdateExpression: `SET attempts = attempts + :one, events.#attempt = :fact${
      exhausts ? ', #outcome = :exhausted, events.#exhausted = :fact' : ''
    }`,
    ConditionExpression: `${admitted(attempt)} AND attribute_not_exists(events.#attempt)`,
    ExpressionAttributeNames: {
      '#attempt': attemptName(answer.round),
      '#outcome': 'outcome',
      ...(exhausts && { '#exhausted': 'EXHAUSTED' }),
    },
    values: {
      ':one': 1,
      ':now': answer.now,
      ':last': answer.maxAttempts - 1,
      ':fact': factOf(answer),
      ...(exhausts && { ':exhausted': 'EXHAUSTED' }),
    },
  };
};

const lease = ({ delivery, owner, now, until }: LeaseClaim): Write => ({
  UpdateExpression: 'SET #lease = :lease',
  ConditionExpression:
    `${LIVE} AND attribute_not_exists(events.#sent) AND ` +
    '(attribute_not_exists(#lease) OR #lease.#until <= :now OR #lease.#owner = :owner)',
  ExpressionAttributeNames: {
    '#outcome': 'outcome',
    '#sent': `${delivery}#SENT`,
    '#lease': `lease#${delivery}`,
    '#until': 'until',
    '#owner': 'owner',
  },
  values: { ':lease': { owner, until }, ':now': now, ':owner': owner },
});

export const createChallengeStore = (client: DynamoDBClient, tableName: string): ChallengeStore => {
  const update = async (ref: ChallengeRef, { values, ...write }: Write): Promise<Challenge> => {
    const { Attributes = {} } = await client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: challengeKey(ref.userId, ref.challengeId),
        ExpressionAttributeValues: marshall(values),
        ReturnValues: 'ALL_NEW',
        ...write,
      }),
    );
    return toChallenge(ref, Attributes);
  };
  const succeeds = async (ref: ChallengeRef, write: Write): Promise<boolean> =>
    (await unlessConditionFails(update(ref, write))) !== undefined;

  return {
    read: async (ref) => {
      const Key = challengeKey(ref.userId, ref.challengeId);
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
      );
      return Item && toChallenge(ref, Item);
    },
    request: (request) =>
      unlessConditionFails(
        update(request, request.delivery === 1 ? firstRequest(request) : resendRequest(request)),
      ),
    consume: (answer, attempt) => succeeds(answer, consumption(answer, attempt)),
    countAttempt: (answer, attempt) => succeeds(answer, wrongAttempt(answer, attempt)),
    claimLease: (claim) => unlessConditionFails(update(claim, lease(claim))),
  };
};
