import { expect, it, test } from 'vitest';
import { readUnlockOptions, UNLOCK } from '../../../../commands/unlock/options.ts';
import { CommandError } from '../../../../shared/command/failure.ts';
import { usageText } from '../../../../shared/command/usage.ts';
import { MAX_REASON } from '../../../../shared/words/unlock-reason.ts';
import { USER_ID } from '../../../support/table/challenges.ts';

const SUB = ['--sub', USER_ID];
const REASON = ['--reason', 'called, identity checked'];

it('takes whom and why, on the local system where no stack is given', () => {
  expect(
    readUnlockOptions(['--sub', USER_ID.toUpperCase(), '--reason', '  called, identity checked ']),
  ).toEqual({
    whose: { kind: 'sub', userId: USER_ID },
    reason: 'called, identity checked',
    mails: false,
    source: { kind: 'local', folder: '.local' },
  });
});

it('takes an address as audit does, and may make room for mails', () => {
  expect(readUnlockOptions(['--user', '\u200ealice@example.com ', '--mails', ...REASON])).toMatchObject({
    whose: { kind: 'username', username: 'alice@example.com' },
    mails: true,
  });
});

it('takes a deployed stack', () => {
  const { source } = readUnlockOptions([...SUB, ...REASON, '--stack', 'EmailOtp', '--region', 'eu-west-1']);

  expect(source).toEqual({ kind: 'stack', name: 'EmailOtp', region: 'eu-west-1' });
});

it('takes reasons in any language, up to their length', () => {
  const reason = 'é'.repeat(MAX_REASON);

  expect(readUnlockOptions([...SUB, '--reason', reason]).reason).toBe(reason);
});

test.each<[readonly string[], string]>([
  [REASON, '--user or --sub is missing'],
  [['--sub', 'alice@example.com', ...REASON], 'for an email address take --user'],
  [SUB, '--reason is missing'],
  [[...SUB, '--reason', '   '], '--reason is missing'],
  [[...SUB, '--reason', 'x'.repeat(MAX_REASON + 1)], 'at most 200 characters'],
  [[...SUB, '--reason', 'two\nlines'], 'one line of printable characters'],
  [[...SUB, '--reason', 'a\u001b[2Jb'], 'one line of printable characters'],
  [[...SUB, '--reason', 'a\u202eb'], 'one line of printable characters'],
  [[...SUB, '--reason', 'asked by alice@example.com'], '--reason must not hold an address'],
  [[...SUB, ...REASON, '--user', 'alice@example.com'], '--user and --sub exclude each other'],
  [['--user', 'alice smith', ...REASON], '--user takes an email address or a user name'],
  [[...SUB, ...REASON, '--region', 'eu-west-1'], '--region goes with --stack'],
])('refuses %j, saying how to do it', (args, message) => {
  const read = () => readUnlockOptions(args);

  expect(read).toThrow(CommandError);
  expect(read).toThrow(message);
  expect(read).toThrow(expect.objectContaining({ exit: 2 }));
});

it('explains its exit codes', () => {
  expect(usageText(UNLOCK)).toContain(
    'Exit codes: 0 unlocked, 2 wrong options, 3 no such user, or nothing known of them, 4 not locked, nothing changed',
  );
});
