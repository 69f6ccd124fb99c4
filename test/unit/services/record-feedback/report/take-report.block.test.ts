import { beforeAll, expect, it, test } from 'vitest';
import { takeReport } from '../../../../../services/record-feedback/report/take-report.ts';
import { lockedUntil } from '../../../../../shared/domain/policy.ts';
import { aChallengeTable, type ChallengeTable } from '../../../../support/table/challenge-table.ts';
import { aChallengeId, DEFAULT_LIMITS, NOW, SECOND } from '../../../../support/table/challenges.ts';
import { aReportedUser, LOCK } from './a-reported-challenge.ts';

const HOUR = 3_600 * SECOND;
let table: ChallengeTable;
beforeAll(async () => {
  table = await aChallengeTable();
});

test('three reports within a day block, the fourth ends its code only, and a day after the first there is room', async () => {
  const user = aReportedUser(table);
  const ends: (number | undefined)[] = [];
  for (const hour of [0, 1, 2, 3, 25]) {
    const link = await user.mail(0, NOW + hour * HOUR);
    expect((await user.report(link)).kind).toBe('revoked');
    ends.push((await user.record()).blockedUntil);
    expect((await user.record()).latest).toBeUndefined();
  }

  const endAfter = (hour: number) => NOW + hour * HOUR + 20 * SECOND + LOCK;
  expect(ends).toEqual([endAfter(0), endAfter(1), endAfter(2), endAfter(2), endAfter(25)]);
});

it('is taken away by no right code', async () => {
  const user = aReportedUser(table);
  const other = await user.mail(1);
  await user.report(await user.mail(2));
  const before = await user.record();

  const cleared = await table.users.clearFailures(user.userId, other.challengeId, {
    failuresBelow: 20,
    now: NOW + 30 * SECOND,
  });

  expect(cleared).toBe(false);
  expect(lockedUntil(before, NOW + 30 * SECOND, DEFAULT_LIMITS)).toBe(NOW + 20 * SECOND + LOCK);
  expect(await table.users.clearFailures(user.userId, other.challengeId, { read: before })).toBe(true);
  expect((await user.record()).blockedUntil).toBe(before.blockedUntil);
});

it('is taken away by unlock, and the same link does not bring it back', async () => {
  const user = aReportedUser(table);
  const link = await user.mail();
  await user.report(link);
  await table.users.unlock(user.userId, await user.record(), { mails: false });

  expect((await user.report(link, 60 * SECOND)).kind).toBe('known');
  expect((await user.record()).blockedUntil).toBeUndefined();
});

it('is made up for by a second report if the first one crashed before it', async () => {
  const user = aReportedUser(table);
  const link = await user.mail();
  const crashing = {
    ...user.reports,
    block: () => Promise.reject(new Error('crashed')),
  };
  const deps = { measure: user.measured.measure, now: () => NOW + 20 * SECOND, limits: DEFAULT_LIMITS };
  await expect(takeReport({ ...deps, reports: crashing }, link, 'request-0')).rejects.toThrow('crashed');
  expect(await user.verify(link, 21 * SECOND)).toBeUndefined();
  expect((await user.record()).blockedUntil).toBeUndefined();

  expect((await user.report(link, 40 * SECOND)).kind).toBe('known');
  expect(await user.record()).toMatchObject({ blockedUntil: NOW + 20 * SECOND + LOCK });
  expect(user.measured.sums()).toEqual({ 'ReportReceived revoked': 1 });
});

it('takes off the user record no challenge but its own', async () => {
  const user = aReportedUser(table);
  const link = await user.mail(0);
  const newest = await user.mail(1);
  await user.report(link);

  expect((await user.record()).latest?.challengeId).toBe(newest.challengeId);
  expect(newest.challengeId).toBe(aChallengeId(1));
});
