import { readFileSync } from 'node:fs';
import {
  DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, describe, expect, test } from 'vitest';
import { createNoticeStore } from '../../../../services/deliver-code/notice-store.ts';
import { createSpendStore } from '../../../../services/guard-tokens/spend-store.ts';
import { createRecordReport } from '../../../../services/record-feedback/feedback-store.ts';
import { createOpenChallenges } from '../../../../services/sweep-challenges/open-challenges.ts';
import { createChallengeStore } from '../../../../shared/table/challenge-store.ts';
import {
  type Attribute,
  type ChallengeItem,
  readChallengeItem,
  toChallenge,
} from '../../../../shared/table/item.ts';
import { createUserStore } from '../../../../shared/table/user-store.ts';
import {
  aChallenge,
  aClaim,
  aClaimedDelivery,
  aFact,
  anAnswer,
  aRequest,
  CLIENT_ID,
  DEFAULT_LIMITS,
  NOW,
  REF,
  USER_ID,
} from '../../../support/table/challenges.ts';

// An attribute's name in an expression is text, which no type checker checks. So these tests compare it with the item's names.

const NAMES: Readonly<Record<Exclude<Attribute, `${'lease' | 'unclear'}#${number}`>, true>> = {
  recipient: true,
  addressHash: true,
  expiresAt: true,
  attempts: true,
  outcome: true,
  events: true,
  openShard: true,
  ttl: true,
  verifiedRound: true,
  mailed: true,
  version: true,
  latest: true,
  failedRounds: true,
  lastFailureAt: true,
  sends: true,
  orders: true,
  inWindow: true,
  inDay: true,
  blockedUntil: true,
  'noticeSender#locked': true,
  'noticeSender#wrongCodes': true,
  'noticedAt#locked': true,
  'noticedAt#wrongCodes': true,
};
/** Attributes with a delivery's number in their names. */
const NUMBERED = ['lease#n', 'unclear#n'];
const KEY = ['pk', 'sk'];

type Expressions = Pick<
  UpdateItemCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames'
>;

const WORDS =
  /^(?:SET|ADD|REMOVE|DELETE|AND|OR|NOT|size|contains|if_not_exists|attribute_exists|attribute_not_exists)$/;

/** The item's attributes that the expressions name, without value placeholders and without names after a dot. */
const attributesOf = (text = '', names: Expressions['ExpressionAttributeNames'] = {}) =>
  Array.from(text.matchAll(/(?<![.:#\w])#?[A-Za-z]\w*/g), ([name]) => names[name] ?? name)
    .filter((name) => !WORDS.test(name))
    .map((name) => name.replace(/^(lease|unclear)#\d+$/, '$1#n'));

const setBy = ({ UpdateExpression, ExpressionAttributeNames }: Expressions) =>
  attributesOf(UpdateExpression, ExpressionAttributeNames);
const namedBy = (write: Expressions) => [
  ...setBy(write),
  ...attributesOf(write.ConditionExpression, write.ExpressionAttributeNames),
];

/** The names for the first delivery. One that ends with `.$` is `States.Format('<name>#{}', <a path into the input>)`. */
const resolved = (names: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(names).map(([name, value]) => [
      name.replace(/\.\$$/, ''),
      /^States\.Format\('(.*)\{\}'/.exec(value)?.[1]?.concat('1') ?? value,
    ]),
  );

/** The writes of the delivery workflow. */
const workflowWrites = (): readonly Expressions[] => {
  const path = new URL('../../../../infra/functions/delivery-workflow.asl.json', import.meta.url);
  const { States } = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly States: Readonly<Record<string, { readonly Parameters?: Expressions }>>;
  };
  return Object.values(States).flatMap(({ Parameters }) =>
    Parameters?.UpdateExpression
      ? [{ ...Parameters, ExpressionAttributeNames: resolved(Parameters.ExpressionAttributeNames ?? {}) }]
      : [],
  );
};

let writes: readonly Expressions[];

beforeAll(async () => {
  const client = new DynamoDBClient({ region: 'us-east-1' });
  const dynamo = mockClient(client);
  dynamo.on(UpdateItemCommand).resolves({ Attributes: marshall(aChallenge()) });
  dynamo.on(QueryCommand).resolves({ Items: [] });
  const challenges = createChallengeStore(client, 'challenges');
  const users = createUserStore(client, 'challenges');
  const spends = createSpendStore(client, 'challenges');
  const open = createOpenChallenges(client, 'challenges');
  const fact = aFact(NOW, { messageId: 'message-1' });
  const userRecord = { version: 1, sends: [], consecutiveFailures: 0 };
  const failure = {
    ...{ challengeId: REF.challengeId, round: 'round-1', now: NOW },
    ...{ exhausted: true, limits: DEFAULT_LIMITS },
  };
  const claim = aClaimedDelivery({ ...userRecord, sends: [NOW] });

  await challenges.request(aRequest());
  await challenges.request(aRequest({ delivery: 2 }));
  await challenges.reuse(aRequest());
  await challenges.consume(anAnswer(), 'last');
  await challenges.countAttempt(anAnswer(), 'last');
  await challenges.note(REF, 'LOCKED', fact);
  await challenges.replace(REF, fact);
  await challenges.claimLease(aClaim());
  await challenges.releaseLease(aClaim());
  await users.claimDelivery(USER_ID, userRecord, claim);
  await users.clearFailures(USER_ID, REF.challengeId, { failuresBelow: 3, now: NOW });
  await users.countFailure(USER_ID, failure);
  await users.countFailure(USER_ID, { ...failure, notice: 'locked' });
  await users.countFailure(USER_ID, { ...failure, notice: 'wrongCodes' });
  await users.giveBack(REF, [1]);
  await users.unlock(USER_ID, userRecord, { mails: true });
  await spends.spend({ ...REF, clientId: CLIENT_ID, fact, repeatedSince: fact.at });
  await spends.refuse(REF, fact);
  const recordReport = createRecordReport(client, 'challenges');
  await recordReport({ ...REF, delivery: 1, report: 'DELIVERED', fact });
  const notices = createNoticeStore(client, 'challenges');
  for (const notice of ['locked', 'wrongCodes'] as const) {
    await notices.claim({ ...REF, notice, addressHash: 'hash', sender: 'invocation-1' });
    await notices.release({ ...REF, notice, sender: 'invocation-1' });
    await recordReport({ ...REF, notice, report: 'DELIVERED', fact });
  }
  for (const outcome of ['EXPIRED', 'ORPHANED', 'EXHAUSTED'] as const)
    await open.close({ ...REF, outcome, fact, now: NOW, maxAttempts: 3 });

  const sent = dynamo.commandCalls(UpdateItemCommand).map(({ args }) => args[0].input);
  expect(sent).toHaveLength(28);
  writes = [...sent, ...workflowWrites()];
  expect(writes).toHaveLength(34);
});

describe('the writes of the stores and of the workflow', () => {
  test('name attributes that the item has, and no others', () => {
    const known = [...Object.keys(NAMES), ...KEY, ...NUMBERED];

    expect(writes.flatMap(namedBy).filter((name) => !known.includes(name))).toEqual([]);
  });

  test('leave no attribute of the item unwritten', () => {
    const written = new Set(writes.flatMap(setBy));

    expect([...Object.keys(NAMES), ...NUMBERED].filter((name) => !written.has(name))).toEqual([]);
  });
});

test('the challenge is read from its item without what only writes look at', () => {
  const { userId, challengeId, unclear, ...stored } = aChallenge({ outcome: 'VERIFIED', unclear: [1] });
  const item = {
    ...stored,
    ttl: 1,
    verifiedRound: 'round-1',
    mailed: true,
    'lease#1': { owner: 'invocation-1', until: NOW },
    'unclear#1': new Set(['execution-1#0']),
  } satisfies ChallengeItem;

  expect(toChallenge({ userId, challengeId }, marshall(item))).toEqual({
    ...{ userId, challengeId, unclear },
    ...stored,
  });
  expect(readChallengeItem(marshall(item))).toEqual(item);
});

test('a mail is unclear while a try is not refused and the workflow has not logged it', () => {
  const { userId, challengeId, ...stored } = aChallenge();
  const item = {
    ...stored,
    ttl: 1,
    events: { ...stored.events, '2#SENT': aFact(), '3#ACCEPTED': aFact() },
    'unclear#1': new Set(['execution-1#0']),
    'unclear#2': new Set(['execution-2#0']),
    'unclear#3': new Set(['execution-3#0']),
  } satisfies ChallengeItem;

  expect(toChallenge({ userId, challengeId }, marshall(item)).unclear).toEqual([1, 3]);
});
