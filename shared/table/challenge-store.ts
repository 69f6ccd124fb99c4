/** Reads and writes challenges. Each method is one read, or one conditional write that also adds its fact to the trail. */
import {
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import {
  attemptName,
  type Challenge,
  type ChallengeRef,
  type DeliveryRef,
  expiryOf,
  type Fact,
  factName,
  requestName,
  type UserFact,
} from '../domain/challenge.ts';
import { leaseName, reportName, toChallenge, unclearName } from './item.ts';
import { openShardOf, TTL_ATTRIBUTE } from './keys.ts';
import { challengeKey, unlessConditionFails } from './table.ts';

export interface ChallengeRequest extends DeliveryRef {
  /** The masked address. */
  readonly recipient: string;
  /** The keyed hash of the address that a new challenge is made for. */
  readonly addressHash: string;
  /** The attempts that a new challenge begins with. */
  readonly attempts: number;
  readonly codeLifetime: number;
  readonly auditRetention: number;
  readonly fact: Fact;
}

export interface Answer extends ChallengeRef {
  /** A random text for each round. It shows whether a call is Cognito's retry of a round or a new round. */
  readonly round: string;
  /** The keyed hash of the address that the user has now. */
  readonly addressHash: string;
  readonly now: number;
  readonly maxAttempts: number;
  readonly fact: Fact;
}

/** The form of an answer's write. A wrong answer that uses the last attempt also has to close the challenge. */
export type AttemptForm = 'notLast' | 'last';

/** One try of one execution to send a delivery. */
export interface DeliveryTry extends DeliveryRef {
  readonly try: string;
  /** The invocation that has the lease. A try can be invoked twice at once, if Lambda's answer is lost. */
  readonly owner: string;
}

export interface LeaseClaim extends DeliveryTry {
  /** The keyed hash of the address that the mail would go to. */
  readonly addressHash: string;
  readonly now: number;
  /** The end of the lease in epoch milliseconds. */
  readonly until: number;
  /** The hash of the token by which the mail's reader can report it; undefined if the mail has no link. */
  readonly reportHash?: string | undefined;
}

export interface ChallengeStore {
  read(ref: ChallengeRef): Promise<Challenge | undefined>;
  /**
   * Creates the challenge (delivery 1), or records that a further delivery was ordered; repeating it changes nothing.
   * Returns the stored challenge. For a further delivery, returns undefined if the challenge does not exist or is over.
   */
  request(request: ChallengeRequest): Promise<Challenge | undefined>;
  /** Records that the challenge was handed out again for the same mail. Returns undefined if it does not exist or is over. */
  reuse(request: ChallengeRequest): Promise<Challenge | undefined>;
  /**
   * Verifies the challenge after a right code, if it is live and the form fits its attempts, or if the same round has
   * verified it before.
   * Returns undefined if not.
   */
  consume(answer: Answer, form: AttemptForm): Promise<Challenge | undefined>;
  /** Counts a wrong code once per round, if the challenge is live and the form fits its attempts. The last one exhausts it. */
  countAttempt(answer: Answer, form: AttemptForm): Promise<Challenge | undefined>;
  /**
   * Closes a challenge whose address the user no longer has. Returns undefined if it has an outcome already, which this
   * request did not give it.
   */
  replace(ref: ChallengeRef, fact: Fact): Promise<Challenge | undefined>;
  /** Records a fact about the user once. Returns the stored fact, which may be an earlier one. */
  note(ref: ChallengeRef, name: UserFact, fact: Fact): Promise<Fact | undefined>;
  /**
   * Takes the lease if the challenge is live and for this address, this delivery was ordered and has neither been sent nor
   * given up, and nobody else has the lease. From then on the try is unclear. Returns undefined if not.
   */
  claimLease(claim: LeaseClaim): Promise<Challenge | undefined>;
  /**
   * Hands the lease back after SES has refused the mail, so the try is clear. With a fact, records that the mail is deferred.
   * Returns undefined if somebody else has the lease.
   */
  releaseLease(delivery: DeliveryTry, deferral?: Fact): Promise<Challenge | undefined>;
}

type Write = Pick<
  UpdateItemCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames'
> & {
  readonly values: Readonly<Record<string, unknown>>;
};

const creation = (request: ChallengeRequest): Write => {
  const expiresAt = expiryOf(request.challengeId, request.codeLifetime);
  return {
    UpdateExpression:
      'SET recipient = :recipient, addressHash = :addressHash, expiresAt = :expiresAt, attempts = :attempts, ' +
      'openShard = :shard, #ttl = :ttl, events = :events',
    ConditionExpression: 'attribute_not_exists(pk)',
    ExpressionAttributeNames: { '#ttl': TTL_ATTRIBUTE },
    values: {
      ':recipient': request.recipient,
      ':addressHash': request.addressHash,
      ':expiresAt': expiresAt,
      ':attempts': request.attempts,
      ':shard': openShardOf(request.challengeId),
      ':ttl': Math.ceil(expiresAt / 1000) + request.auditRetention,
      ':events': { [requestName(request.delivery)]: request.fact },
    },
  };
};

const OPEN = 'attribute_exists(pk) AND attribute_not_exists(#outcome)';

const resendRequest = ({ delivery, fact }: ChallengeRequest): Write => ({
  UpdateExpression: 'SET events.#requested = if_not_exists(events.#requested, :fact)',
  ConditionExpression: OPEN,
  ExpressionAttributeNames: { '#outcome': 'outcome', '#requested': requestName(delivery) },
  values: { ':fact': fact },
});

/** Only the first reuse is recorded. The request is recorded too, in case a crash prevented that. */
const reuseNote = ({ delivery, fact }: ChallengeRequest): Write => ({
  UpdateExpression:
    'SET events.#requested = if_not_exists(events.#requested, :fact), events.#reused = if_not_exists(events.#reused, :fact)',
  ConditionExpression: OPEN,
  ExpressionAttributeNames: {
    '#outcome': 'outcome',
    '#requested': requestName(delivery),
    '#reused': factName(delivery, 'REUSED'),
  },
  values: { ':fact': fact },
});

const LIVE = 'attribute_not_exists(#outcome) AND expiresAt > :now';
/** Challenges of the first release have no hash. */
const OWN_ADDRESS = '(attribute_not_exists(addressHash) OR addressHash = :addressHash)';

// The condition is the same for right and wrong answers. If it were easier for either, many answers at once would give
// more than `maxAttempts` guesses. A round has one answer; a further one for the same round finds it counted.
const admitted = (form: AttemptForm): string =>
  `${LIVE} AND ${form === 'last' ? 'attempts = :last' : 'attempts < :last'} AND ` +
  `attribute_not_exists(events.#attempt) AND ${OWN_ADDRESS}`;

const consumption = (answer: Answer, form: AttemptForm): Write => ({
  UpdateExpression:
    'SET #outcome = :verified, verifiedRound = :round, events.#verified = if_not_exists(events.#verified, :fact) REMOVE openShard',
  ConditionExpression: `(${admitted(form)}) OR (#outcome = :verified AND verifiedRound = :round)`,
  ExpressionAttributeNames: {
    '#attempt': attemptName(answer.round),
    '#outcome': 'outcome',
    '#verified': 'VERIFIED',
  },
  values: {
    ':verified': 'VERIFIED',
    ':round': answer.round,
    ':addressHash': answer.addressHash,
    ':now': answer.now,
    ':last': answer.maxAttempts - 1,
    ':fact': answer.fact,
  },
});

/** The fact of the attempt has the other details. To repeat them would make a wrong answer's write larger than a right one's. */
const endOf = ({ at, by, round = '', request = '' }: Fact): Fact => ({ at, by, round, request });

const wrongAttempt = (answer: Answer, form: AttemptForm): Write => {
  const exhausts = form === 'last';
  return {
    UpdateExpression: `SET attempts = attempts + :one, events.#attempt = :fact${
      exhausts ? ', #outcome = :exhausted, events.#exhausted = :exhaustion REMOVE openShard' : ''
    }`,
    ConditionExpression: admitted(form),
    ExpressionAttributeNames: {
      '#attempt': attemptName(answer.round),
      '#outcome': 'outcome',
      ...(exhausts && { '#exhausted': 'EXHAUSTED' }),
    },
    values: {
      ':one': 1,
      ':addressHash': answer.addressHash,
      ':now': answer.now,
      ':last': answer.maxAttempts - 1,
      ':fact': answer.fact,
      ...(exhausts && { ':exhausted': 'EXHAUSTED', ':exhaustion': endOf(answer.fact) }),
    },
  };
};

const userNote = (name: UserFact, fact: Fact): Write => ({
  UpdateExpression: 'SET events.#name = if_not_exists(events.#name, :fact)',
  ConditionExpression: 'attribute_exists(pk)',
  ExpressionAttributeNames: { '#name': name },
  values: { ':fact': fact },
});

const replacement = (fact: Fact): Write => ({
  UpdateExpression: 'SET #outcome = :replaced, events.#replaced = :fact REMOVE openShard',
  // If the response to the first try was lost, the SDK's second try finds what the first one wrote.
  ConditionExpression: `(${OPEN}) OR events.#replaced.#request = :request`,
  ExpressionAttributeNames: { '#outcome': 'outcome', '#replaced': 'REPLACED', '#request': 'request' },
  values: { ':replaced': 'REPLACED', ':fact': fact, ':request': fact.request ?? '' },
});

// All in one condition: if the address were checked after the lease was taken, a stranger with another address could keep
// the lease from the owner's mail.
const lease = ({ delivery, owner, now, until, addressHash, reportHash, ...claim }: LeaseClaim): Write => ({
  UpdateExpression: `SET #lease = :lease${reportHash === undefined ? '' : ', #report = :report'} ADD #unclear :try`,
  ConditionExpression:
    `${LIVE} AND attribute_exists(events.#requested) AND ${OWN_ADDRESS} AND ` +
    'attribute_not_exists(events.#sent) AND attribute_not_exists(events.#accepted) AND ' +
    'attribute_not_exists(events.#failed) AND ' +
    '(attribute_not_exists(#lease) OR #lease.#until <= :now OR #lease.#owner = :owner)',
  ExpressionAttributeNames: {
    '#outcome': 'outcome',
    '#requested': requestName(delivery),
    '#sent': factName(delivery, 'SENT'),
    '#accepted': factName(delivery, 'ACCEPTED'),
    '#failed': factName(delivery, 'SEND_FAILED'),
    '#lease': leaseName(delivery),
    '#unclear': unclearName(delivery),
    '#until': 'until',
    '#owner': 'owner',
    ...(reportHash !== undefined && { '#report': reportName(delivery) }),
  },
  values: {
    ':lease': { owner, until },
    ...(reportHash !== undefined && { ':report': reportHash }),
    ':try': new Set([claim.try]),
    ':now': now,
    ':owner': owner,
    ':addressHash': addressHash,
  },
});

const release = ({ delivery, owner, ...refused }: DeliveryTry, deferral: Fact | undefined): Write => ({
  UpdateExpression: `${
    deferral ? 'SET events.#deferred = if_not_exists(events.#deferred, :fact) ' : ''
  }REMOVE #lease DELETE #unclear :try`,
  ConditionExpression: '#lease.#owner = :owner',
  ExpressionAttributeNames: {
    '#lease': leaseName(delivery),
    '#unclear': unclearName(delivery),
    '#owner': 'owner',
    ...(deferral && { '#deferred': factName(delivery, 'SEND_DEFERRED') }),
  },
  values: { ':try': new Set([refused.try]), ':owner': owner, ...(deferral && { ':fact': deferral }) },
});

/** A `ChallengeStore` for this table. */
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
  const tryUpdate = (ref: ChallengeRef, write: Write) => unlessConditionFails(update(ref, write));
  const read = async (ref: ChallengeRef): Promise<Challenge | undefined> => {
    const Key = challengeKey(ref.userId, ref.challengeId);
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
    );
    return Item && toChallenge(ref, Item);
  };

  return {
    read,
    request: async (request) =>
      request.delivery === 1
        ? ((await tryUpdate(request, creation(request))) ?? read(request))
        : tryUpdate(request, resendRequest(request)),
    reuse: (request) => tryUpdate(request, reuseNote(request)),
    consume: (answer, form) => tryUpdate(answer, consumption(answer, form)),
    countAttempt: (answer, form) => tryUpdate(answer, wrongAttempt(answer, form)),
    replace: (ref, fact) => tryUpdate(ref, replacement(fact)),
    note: async (ref, name, fact) => (await tryUpdate(ref, userNote(name, fact)))?.events[name],
    claimLease: (claim) => tryUpdate(claim, lease(claim)),
    releaseLease: (delivery, deferral) => tryUpdate(delivery, release(delivery, deferral)),
  };
};
