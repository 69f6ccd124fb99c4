import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, test } from 'vitest';
import { createNotices } from '../../../../services/verify-auth-challenge/start-notice.ts';
import { NOTICE_PAUSE_MS } from '../../../../shared/domain/notices/due-notice.ts';
import type { NoticeKind } from '../../../../shared/domain/notices/notice.ts';
import type { UserRecord } from '../../../../shared/domain/policy.ts';
import { createMeasured } from '../../../support/system/measured.ts';
import {
  ADDRESS_HASH,
  aChallenge,
  aChallengeId,
  EMAIL,
  NOW,
  REF,
  SECOND,
} from '../../../support/table/challenges.ts';
import { aVerifier, USER_RECORD } from './a-verifier.ts';

const AT = NOW + SECOND;
const OTHER = aChallengeId(7);

/** A verifier of the answer that uses up the challenge, after so many wrong ones in a row; and the notices that were started. */
const lastAnswer = async (failures: number, changes: Partial<UserRecord> = {}) => {
  const record = {
    ...USER_RECORD,
    version: 7,
    consecutiveFailures: failures,
    lastFailureAt: NOW,
    ...changes,
  };
  const verifier = await aVerifier([aChallenge({ attempts: 4 })], record);
  const started: NoticeKind[] = [];
  const startNotice = async (notice: NoticeKind, hash: string) => {
    expect(hash).toBe(ADDRESS_HASH);
    verifier.calls.push('startNotice');
    started.push(notice);
  };
  const answer = (notice?: NoticeKind, round = 'round-1') =>
    verifier.check({ attempts: 4, startNotice, round, ...(notice && { notice }) });
  return { verifier, started, answer };
};

describe('the last answer of a challenge', () => {
  test('orders its notice in the write that counts it, so it makes one call more', async () => {
    const { verifier, started, answer } = await lastAnswer(4);

    expect(await answer('wrongCodes')).toBe('exhausted');

    expect(started).toEqual(['wrongCodes']);
    expect(verifier.calls).toEqual([
      'keyFor',
      'countAttempt last',
      'countFailure exhausted wrongCodes',
      'startNotice',
    ]);
    expect(await verifier.stores.userRecord()).toMatchObject({
      consecutiveFailures: 5,
      notices: { wrongCodes: { at: AT, challengeId: REF.challengeId } },
    });
  });

  test('that also locks tells of the lock alone, once the lock is in the trail', async () => {
    const { verifier, started, answer } = await lastAnswer(19);

    await answer('locked');

    expect(started).toEqual(['locked']);
    expect(verifier.calls).toEqual([
      ...['keyFor', 'countAttempt last', 'countFailure exhausted locked', 'note LOCKED', 'startNotice'],
    ]);
    expect((await verifier.stores.userRecord()).notices).toEqual({
      locked: { at: AT, challengeId: REF.challengeId },
    });
  });

  test.each<[string, number, NoticeKind | undefined, NoticeKind]>([
    ['nothing, as the release before', 4, undefined, 'wrongCodes'],
    ['nothing before a lock', 19, undefined, 'locked'],
    ['wrong codes, but the answer locks', 19, 'wrongCodes', 'locked'],
    ['a lock, but the count was cleared meanwhile', 0, 'locked', 'wrongCodes'],
  ])(
    'orders the right notice where create-auth-challenge expected %s',
    async (_, failures, expected, notice) => {
      const { verifier, started, answer } = await lastAnswer(failures);

      await answer(expected);

      expect(started).toEqual([notice]);
      expect((await verifier.stores.userRecord()).consecutiveFailures).toBe(failures + 1);
    },
  );

  test('within a day of the last notice orders none, and makes no further call where none was expected', async () => {
    const notices = { wrongCodes: { at: AT - NOTICE_PAUSE_MS + 1, challengeId: OTHER } };
    const { verifier, started, answer } = await lastAnswer(4, { notices });

    await answer();

    expect(started).toEqual([]);
    expect(verifier.calls).toEqual(['keyFor', 'countAttempt last', 'countFailure exhausted']);
    expect((await verifier.stores.userRecord()).notices).toEqual(notices);
  });

  test('that Cognito repeats starts the same notice again, in case the first call could not', async () => {
    const { verifier, started, answer } = await lastAnswer(19);

    await answer('locked');
    await answer('locked');

    expect(started).toEqual(['locked', 'locked']);
    expect((await verifier.stores.userRecord()).consecutiveFailures).toBe(20);
  });

  test('orders none where the setting is off', async () => {
    const { verifier } = await lastAnswer(4);

    await verifier.check({ attempts: 4, notice: 'wrongCodes' });

    expect(verifier.calls).toEqual(['keyFor', 'countAttempt last', 'countFailure exhausted']);
    expect((await verifier.stores.userRecord()).notices).toBeUndefined();
  });
});

test('an answer before the last orders no notice, whatever was expected', async () => {
  const { started, verifier } = await lastAnswer(3);
  const other = await aVerifier([aChallenge()], USER_RECORD);
  const startNotice = async (notice: NoticeKind) => void started.push(notice);

  expect(await other.check({ startNotice, notice: 'wrongCodes' })).toBe('wrong');

  expect(started).toEqual([]);
  expect(verifier.measured.sums()).toEqual({});
});

describe('the call that starts a notice', () => {
  const input = { userId: REF.userId, challengeId: REF.challengeId, email: EMAIL, locale: 'de' };
  const notices = () => {
    const client = new SFNClient({ region: 'us-east-1' });
    const measured = createMeasured();
    const create = createNotices(client, 'arn:machine', measured.measure);
    return { sfn: mockClient(client), measured, start: create({ ...input, timeLeft: () => 3000 }) };
  };

  test('has all that the mail needs, and no code', async () => {
    const { sfn, start, measured } = notices();
    sfn.on(StartExecutionCommand).resolves({});

    await start('locked', ADDRESS_HASH);

    const [call] = sfn.commandCalls(StartExecutionCommand);
    expect(call?.args[0].input).toMatchObject({
      stateMachineArn: 'arn:machine',
      name: `${REF.challengeId}-locked`,
    });
    expect(JSON.parse(call?.args[0].input.input ?? '')).toEqual({
      ...{ kind: 'notice', notice: 'locked', ...input, addressHash: ADDRESS_HASH },
    });
    expect(measured.sums()).toEqual({});
  });

  test('that fails is measured, and nothing is thrown', async () => {
    const { sfn, start, measured } = notices();
    sfn.on(StartExecutionCommand).rejects(new Error('down'));

    await expect(start('locked', ADDRESS_HASH)).resolves.toBeUndefined();

    expect(measured.sums()).toEqual({ NoticeFailed: 1 });
  });

  test('is given up before the function’s time is over, so that the answer still comes', async () => {
    const hanging = {
      handle: (_request: unknown, { abortSignal }: { readonly abortSignal?: AbortSignal }) =>
        new Promise<never>((_, reject) => {
          abortSignal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    };
    const credentials = { accessKeyId: 'id', secretAccessKey: 'key' };
    const client = new SFNClient({ region: 'us-east-1', credentials, requestHandler: hanging as never });
    const measured = createMeasured();
    const began = performance.now();

    await createNotices(client, 'arn:machine', measured.measure)({ ...input, timeLeft: () => 900 })(
      'locked',
      'hash',
    );

    expect(performance.now() - began).toBeLessThan(900);
    expect(measured.sums()).toEqual({ NoticeFailed: 1 });
  });
});
