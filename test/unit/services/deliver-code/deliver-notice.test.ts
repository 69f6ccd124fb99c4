import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliverNotice, type NoticeDependencies } from '../../../../services/deliver-code/deliver-notice.ts';
import { createNoticeStore } from '../../../../services/deliver-code/notice-store.ts';
import type { Envelope, SendOutcome } from '../../../../services/deliver-code/send-mail.ts';
import type { ChallengeId } from '../../../../shared/domain/challenge.ts';
import type { NoticeKind } from '../../../../shared/domain/notices/notice.ts';
import { CAUSE_OF } from '../../../../shared/domain/notices/notice-facts.ts';
import { composeNotice, type Mail } from '../../../../shared/mail/compose-mail.ts';
import { userKey } from '../../../../shared/table/table.ts';
import { SHIPPED } from '../../../support/mail/mail-settings.ts';
import { createMeasured } from '../../../support/system/measured.ts';
import { aChallengeTable, type ChallengeTable } from '../../../support/table/challenge-table.ts';
import {
  ADDRESS_KEY,
  aChallengeId,
  aFact,
  aRequest,
  EMAIL,
  MINUTE,
  NOW,
  SECOND,
} from '../../../support/table/challenges.ts';
import { refusedBySes, unansweredBySes } from './a-sender.ts';

let table: ChallengeTable;
beforeAll(async () => {
  table = await aChallengeTable();
});
afterAll(() => table[Symbol.asyncDispose]());

let made = 0;

interface Stored {
  /** What happened to the challenge; by default what the notice tells of. */
  readonly facts?: readonly string[];
  /** The challenge that the user record has the notice for; by default this one. */
  readonly noticed?: ChallengeId | 'none';
  readonly until?: string;
}

/** A function that sends notices, and a user for whom one was ordered. */
const aNotice = async (notice: NoticeKind, { facts = [CAUSE_OF[notice]], noticed, until }: Stored = {}) => {
  made += 1;
  const ref = { userId: `user-${made}`, challengeId: aChallengeId(made) };
  await table.challenges.request(aRequest(ref));
  for (const name of facts) await table.writeFact(ref, name, aFact(NOW + SECOND, until ? { until } : {}));
  await table.client.send(
    new UpdateItemCommand({
      TableName: table.tableName,
      Key: userKey(ref.userId),
      UpdateExpression: 'SET version = :one, #noticed = :noticed',
      ExpressionAttributeNames: { '#noticed': noticed === 'none' ? 'other' : `noticedAt#${notice}` },
      ExpressionAttributeValues: marshall({
        ':one': 1,
        ':noticed': { at: NOW, challengeId: noticed ?? ref.challengeId },
      }),
    }),
  );
  const measured = createMeasured();
  const sent: { readonly envelope: Envelope; readonly mail: Mail }[] = [];
  const state = { answer: { kind: 'accepted', messageId: 'message-1' } as SendOutcome };
  const deps: NoticeDependencies = {
    notices: createNoticeStore(table.client, table.tableName),
    addressKey: async () => ADDRESS_KEY,
    mail: SHIPPED,
    sendMail: async (envelope, mail) => {
      sent.push({ envelope, mail });
      return state.answer;
    },
    measure: measured.measure,
    now: () => NOW + MINUTE,
  };
  const input = { kind: 'notice', notice, ...ref, email: EMAIL, locale: 'de,en', addressHash: 'unread' };
  const deliver = (changes: object = {}, invocation = 'invocation-1', retries = 0) =>
    deliverNotice(deps, { kind: 'notice', input: { ...input, ...changes }, retries }, invocation);
  const item = () => table.challengeItem(ref.userId, ref.challengeId);
  return { ref, measured, sent, state, deliver, item };
};

describe('a notice that was ordered', () => {
  test('goes to the user, with the end of the lock as the trail has it', async () => {
    const until = new Date(NOW + 15 * MINUTE).toISOString();
    const { deliver, sent, measured, ref } = await aNotice('locked', { until });

    expect(await deliver()).toEqual({
      ...{ kind: 'sent', messageId: 'message-1', sentAt: new Date(NOW + MINUTE).toISOString(), try: 1 },
    });

    const content = { kind: 'locked', locale: 'de,en', at: NOW + SECOND, until: NOW + 15 * MINUTE } as const;
    const envelope = expect.objectContaining({ ...ref, notice: 'locked', email: EMAIL });
    expect(sent).toEqual([{ envelope, mail: composeNotice(SHIPPED, content) }]);
    expect(sent[0]?.mail.text).not.toMatch(/\d{6}/);
    expect(measured.sums()).toEqual({ NoticeSent: 1 });
  });

  test('of a lock without an end says no end', async () => {
    const { deliver, sent } = await aNotice('locked', { until: 'unlocked' });

    await deliver();

    const content = { kind: 'locked', locale: 'de,en', at: NOW + SECOND } as const;
    expect(sent[0]?.mail).toEqual(composeNotice(SHIPPED, content));
  });

  test.each(['accepted', 'unclear'] as const)('comes once, when SES’s answer is %s', async (kind) => {
    const { deliver, sent, state } = await aNotice('wrongCodes');
    if (kind === 'unclear') state.answer = unansweredBySes();
    await deliver().catch(() => {});
    state.answer = { kind: 'accepted', messageId: 'message-2' };

    await expect(deliver({}, 'invocation-2', 1)).rejects.toMatchObject({ name: 'LeaseHeld' });

    expect(sent).toHaveLength(1);
  });

  test('is tried again after SES has refused it', async () => {
    const { deliver, sent, state, measured } = await aNotice('wrongCodes');
    state.answer = refusedBySes('EmailThrottled');
    await expect(deliver()).rejects.toMatchObject({ name: 'EmailThrottled' });
    state.answer = { kind: 'accepted', messageId: 'message-2' };

    expect(await deliver({}, 'invocation-2', 1)).toMatchObject({ messageId: 'message-2', try: 2 });

    expect(sent).toHaveLength(2);
    expect(measured.sums()).toEqual({ NoticeFailed: 1, NoticeSent: 1 });
  });

  test('that the trail has as sent is not sent again', async () => {
    const { deliver, sent, ref } = await aNotice('wrongCodes');
    await table.writeFact(ref, 'notice-wrongCodes#SENT', aFact(NOW, { messageId: 'message-0' }));

    expect(await deliver()).toMatchObject({ kind: 'alreadySent', messageId: 'message-0' });

    expect(sent).toEqual([]);
  });
});

describe('an execution of a stranger is refused, measured and leaves the item as it was', () => {
  test.each<[string, Stored, object, string]>([
    ['for a notice that nobody ordered', { noticed: 'none' }, {}, 'NotOrdered'],
    ['for a challenge after which no notice was due', { noticed: aChallengeId(999) }, {}, 'NotOrdered'],
    ['for a challenge that is not exhausted', { facts: [] }, {}, 'NotOrdered'],
    ['to another address', {}, { email: 'mallory@example.com' }, 'OtherAddress'],
    ['to another spelling that SES would not take', {}, { email: 'álice@example.com' }, 'OtherAddress'],
    ['of a kind that does not exist', {}, { notice: 'welcome' }, 'InvalidDelivery'],
    ['without a user', {}, { userId: undefined }, 'InvalidDelivery'],
    ['without a challenge', {}, { challengeId: '1' }, 'InvalidDelivery'],
    ['without an address', {}, { email: '' }, 'InvalidDelivery'],
    ['without a language', {}, { locale: 7 }, 'InvalidDelivery'],
  ])('%s', async (_, stored, changes, name) => {
    const { deliver, sent, measured, item } = await aNotice('wrongCodes', stored);
    const before = await item();

    await expect(deliver(changes)).rejects.toMatchObject({ name });

    expect(sent).toEqual([]);
    expect(await item()).toEqual(before);
    expect(measured.sums()).toEqual({ DeliveryRefused: 1 });
  });
});
