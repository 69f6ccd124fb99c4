import { beforeAll, describe, expect, it, test } from 'vitest';
import { createOpenChallenges } from '../../../../../services/sweep-challenges/open-challenges.ts';
import type { ChallengeRef, Outcome } from '../../../../../shared/domain/challenge.ts';
import { aChallengeTable, type ChallengeTable } from '../../../../support/table/challenge-table.ts';
import { aChallengeId, aFact, anAnswer, NOW, SECOND } from '../../../../support/table/challenges.ts';
import { aReportedUser, LOCK } from './a-reported-challenge.ts';

// What a report does by how far the sign-in has come, on a real DynamoDB engine.

const HOUR = 3_600 * SECOND;
let table: ChallengeTable;
beforeAll(async () => {
  table = await aChallengeTable();
});

describe('a report', () => {
  it('ends a code that nobody has given: it no longer works, and the user is blocked', async () => {
    const user = aReportedUser(table);
    const link = await user.mail();

    const outcome = await user.report(link);

    expect(outcome.kind).toBe('revoked');
    expect(await user.verify(link, 30 * SECOND)).toBeUndefined();
    const { outcome: end, events } = await user.challenge(link);
    expect([end, events.REVOKED, events.REPORTED]).toEqual([
      'REVOKED',
      {
        at: new Date(NOW + 20 * SECOND).toISOString(),
        by: 'take-report',
        request: expect.any(String),
        delivery: 1,
      },
      undefined,
    ]);
    expect(await table.challengeItem(link.userId, link.challengeId)).not.toHaveProperty('openShard');
    expect(await user.record()).toMatchObject({ blockedUntil: NOW + 20 * SECOND + LOCK });
    expect((await user.record()).latest).toBeUndefined();
    expect(user.measured.sums()).toEqual({ 'ReportReceived revoked': 1 });
  });

  it('keeps back the tokens of a code that was given', async () => {
    const user = aReportedUser(table);
    const link = await user.mail();
    await user.verify(link);

    expect((await user.report(link)).kind).toBe('withheld');
    expect(await user.spend(link, 21 * SECOND)).toBe(false);
    expect(await user.challenge(link)).toMatchObject({
      outcome: 'VERIFIED',
      events: { REPORTED: { delivery: 1 } },
    });
    expect(await user.record()).toMatchObject({ blockedUntil: NOW + 20 * SECOND + LOCK });
    expect(user.measured.sums()).toEqual({ 'ReportReceived withheld': 1 });
  });

  it('that comes after the tokens says so, and Cognito gets none again', async () => {
    const user = aReportedUser(table);
    const link = await user.mail();
    await user.verify(link);
    expect(await user.spend(link)).toBe(true);

    expect((await user.report(link, 12 * SECOND)).kind).toBe('tooLate');
    expect(await user.spend(link, 11 * SECOND)).toBe(false);
    expect(user.measured.sums()).toEqual({ 'ReportReceived tooLate': 1 });
  });

  /** How a challenge ends without its code, by the very writes of the functions that end it. */
  const ends: Readonly<
    Record<Exclude<Outcome, 'VERIFIED' | 'REVOKED'>, (ref: ChallengeRef) => Promise<unknown>>
  > = {
    EXHAUSTED: (ref) => table.challenges.countAttempt(anAnswer({ ...ref, maxAttempts: 1 }), 'last'),
    REPLACED: (ref) => table.challenges.replace(ref, aFact(NOW, { request: 'request-1' })),
    EXPIRED: async (ref) => {
      await table.writeSent(ref, 1, aFact(NOW, { messageId: 'message-1' }));
      return sweepAway(ref, 'EXPIRED');
    },
    // SES has the mail, and neither its answer nor its reports ever came.
    ORPHANED: (ref) => sweepAway(ref, 'ORPHANED'),
  };
  const sweepAway = (ref: ChallengeRef, outcome: 'EXPIRED' | 'ORPHANED') => {
    const closing = { ...ref, outcome, fact: aFact(NOW), now: NOW + HOUR, maxAttempts: 5 };
    return createOpenChallenges(table.client, table.tableName).close(closing);
  };

  test.each(Object.entries(ends))('leaves a challenge that is %s as it is', async (outcome, end) => {
    const user = aReportedUser(table);
    const link = await user.mail();
    await end(link);
    const before = await user.challenge(link);
    expect(before.outcome).toBe(outcome);

    expect((await user.report(link)).kind).toBe('over');
    expect(await user.challenge(link)).toEqual({
      ...before,
      events: { ...before.events, REPORTED: expect.objectContaining({ delivery: 1 }) },
    });
    expect(user.measured.sums()).toEqual({ 'ReportReceived over': 1 });
  });

  it('after the life of its code is recorded, and blocks nobody', async () => {
    const user = aReportedUser(table);
    const link = await user.mail();
    await user.verify(link);

    expect((await user.report(link, 23 * HOUR)).kind).toBe('withheld');
    expect((await user.record()).blockedUntil).toBeUndefined();
  });

  it('without a block only ends the code', async () => {
    const user = aReportedUser(table);
    const link = await user.mail();

    expect((await user.report(link, 20 * SECOND, 0)).kind).toBe('revoked');
    const record = await user.record();
    expect([record.blockedUntil, record.latest]).toEqual([undefined, undefined]);
  });

  it('that comes twice acts once', async () => {
    const user = aReportedUser(table);
    const link = await user.mail();
    await user.report(link);
    const before = await Promise.all([user.challenge(link), user.record()]);

    expect((await user.report(link, 40 * SECOND)).kind).toBe('known');
    expect(await Promise.all([user.challenge(link), user.record()])).toEqual(before);
    expect(user.measured.sums()).toEqual({ 'ReportReceived revoked': 1 });
  });
});

describe('refuses, and changes nothing', () => {
  it.each([
    ['a token that was never mailed', { token: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['the link of another delivery', { delivery: 2 }],
    ['the link of another challenge', { challengeId: aChallengeId(7) }],
    ['the link of another user', { userId: 'user-of-nobody' }],
  ])('%s', async (_, forged) => {
    const user = aReportedUser(table);
    const link = await user.mail();
    await user.mail(7);
    const before = await Promise.all([user.challenge(link), user.record()]);

    expect(await user.report({ ...link, ...forged })).toEqual({ kind: 'refused' });
    expect(await Promise.all([user.challenge(link), user.record()])).toEqual(before);
    expect(await table.userItem('user-of-nobody')).toBeUndefined();
    expect(user.measured.sums()).toEqual({});
  });

  it('a link from the day before', async () => {
    const user = aReportedUser(table);
    const link = await user.mail();

    expect(await user.report(link, 24 * HOUR)).toEqual({ kind: 'refused' });
    expect((await user.challenge(link)).outcome).toBeUndefined();
  });

  it('the stored hash in place of the token, which whoever reads the table has', async () => {
    const user = aReportedUser(table);
    const link = await user.mail();
    const item = await table.challengeItem(link.userId, link.challengeId);

    expect(JSON.stringify(item)).not.toContain(link.token);
    expect(await user.report({ ...link, token: String(item?.['report#1']) })).toEqual({ kind: 'refused' });
  });
});
