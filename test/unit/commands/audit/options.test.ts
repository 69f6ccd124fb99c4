import { describe, expect, it, test } from 'vitest';
import { AUDIT, readAuditOptions } from '../../../../commands/audit/options.ts';
import { CommandError } from '../../../../shared/command/failure.ts';
import { usageText } from '../../../../shared/command/usage.ts';
import { aChallengeId, NOW, USER_ID } from '../../../support/table/challenges.ts';

const HOUR = 3_600_000;

it("takes everybody's challenges of the last day from the local system where nothing is given", () => {
  const { since, ...options } = readAuditOptions([]);

  expect(since(NOW)).toBe(NOW - 24 * HOUR);
  expect(options).toEqual({
    whose: { kind: 'everyone' },
    challengeId: undefined,
    limit: undefined,
    json: false,
    full: false,
    source: { kind: 'local', folder: '.local' },
  });
});

it("takes one user's newest 20", () => {
  const byAddress = readAuditOptions(['--user', 'alice@example.com', '--json']);
  const bySub = readAuditOptions(['--sub', USER_ID.toUpperCase(), '--limit', '5']);

  expect(byAddress).toMatchObject({
    whose: { kind: 'username', username: 'alice@example.com' },
    limit: 20,
    json: true,
  });
  expect(bySub).toMatchObject({ whose: { kind: 'sub', userId: USER_ID }, limit: 5 });
});

it.each(['\u200balice@example.com', ' alice@example.com\u200e\n'])(
  'takes an address without what is invisible around it: %j',
  (user) => {
    expect(readAuditOptions(['--user', user]).whose).toEqual({
      kind: 'username',
      username: 'alice@example.com',
    });
  },
);

it('takes one challenge, of a deployed stack', () => {
  const id = aChallengeId(7);

  const options = readAuditOptions(['--challenge', id, '--stack', 'EmailOtp', '--region', 'eu-west-1']);

  expect(options).toMatchObject({
    challengeId: id,
    source: { kind: 'stack', name: 'EmailOtp', region: 'eu-west-1' },
  });
});

test.each([
  ['90s', NOW - 90_000],
  ['15m', NOW - 15 * 60_000],
  ['7d', NOW - 7 * 24 * HOUR],
  ['2025-01-15', NOW - 12 * HOUR],
  ['2025-01-15T11:00', NOW - HOUR],
  ['2025-01-15T11:00:00.5', NOW - HOUR + 500],
  ['2025-01-15T11:00:00Z', NOW - HOUR],
  ['2025-01-15T12:00+02:00', NOW - 2 * HOUR],
])('--since %s is counted from the time of the service, or is in UTC', (text, expected) => {
  expect(readAuditOptions(['--since', text]).since(NOW)).toBe(expected);
});

describe('refuses, saying how to do it,', () => {
  test.each([
    [['--json', '--full'], '--json has every detail'],
    [['--user', 'a@example.com', '--sub', USER_ID], '--user and --sub exclude each other'],
    [['--user', ''], '--user is empty'],
    [['--user', 'alice smith'], '--user takes an email address or a user name'],
    [['--sub', 'alice@example.com'], 'for an email address take --user'],
    [['--challenge', USER_ID], '--challenge takes a challenge id'],
    [['--challenge', aChallengeId(), '--since', '1h'], '--challenge names one challenge'],
    [['--challenge', aChallengeId(), '--limit', '2'], '--challenge names one challenge'],
    [['--since', 'yesterday'], '--since takes 90s, 15m, 24h, 7d or a time'],
    [['--since', '2025-13-01'], '--since takes'],
    [['--since', '24'], '--since takes'],
    [['--limit', '0'], '--limit must be a whole number from 1'],
    [['--limit', 'all'], '--limit must be a whole number from 1'],
    [['--region', 'eu-west-1'], '--region goes with --stack'],
    [['--stack', 'EmailOtp', '--folder', '.local'], '--folder is for the local system'],
    [['--stack', 'Email Otp'], 'cannot be the name or the ARN of a stack'],
    [['--stack', 'EmailOtp', '--region', 'Ireland'], '--region looks like eu-west-1'],
    [['--usr', 'alice'], '--usr'],
    [['alice@example.com'], 'alice@example.com'],
    [['--user'], '--user'],
  ])('%j', (args, expected) => {
    const read = () => readAuditOptions(args);

    expect(read).toThrow(CommandError);
    expect(read).toThrow(expected);
    expect(read).toThrow(expect.objectContaining({ exit: 2 }));
  });
});

it('explains its exit codes', () => {
  expect(usageText(AUDIT)).toContain(
    'Exit codes: 0 found, 2 wrong options, 3 no such user or challenge, 1 anything else',
  );
});
