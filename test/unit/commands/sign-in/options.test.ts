import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readSignInOptions } from '../../../../commands/sign-in/options.ts';
import { CommandError } from '../../../../shared/command/failure.ts';

const USER = ['--username', 'alice@example.com'];
const POOL = ['--pool-id', 'eu-west-1_AbCdEfGhI', '--client-id', 'client'];

afterEach(() => void vi.restoreAllMocks());

const read = (...args: readonly string[]) => readSignInOptions(args);

describe('a deployed pool', () => {
  test('is in the region that its id says, and nothing else needs to be given', () => {
    expect(read(...USER, ...POOL)).toEqual({
      username: 'alice@example.com',
      password: undefined,
      newPassword: undefined,
      resend: false,
      tokens: false,
      pool: { kind: 'deployed', region: 'eu-west-1', poolId: 'eu-west-1_AbCdEfGhI', clientId: 'client' },
    });
  });

  test('may be said to be elsewhere', () => {
    expect(read(...USER, ...POOL, '--region', 'us-east-1').pool).toMatchObject({ region: 'us-east-1' });
  });
});

test('without one, the pool is the local system’s', () => {
  expect(read(...USER).pool).toEqual({ kind: 'local', folder: '.local' });
  expect(read(...USER, '--folder', 'elsewhere').pool).toEqual({ kind: 'local', folder: 'elsewhere' });
});

test('takes all that would be asked for', () => {
  const options = read(
    ...USER,
    ...POOL,
    '--password',
    'old',
    '--new-password',
    'new',
    '--resend',
    '--tokens',
  );

  expect(options).toMatchObject({ password: 'old', newPassword: 'new', resend: true, tokens: true });
});

test('in the package, a deployed pool has to be named where there is no local one', () => {
  vi.spyOn(process, 'cwd').mockReturnValue(mkdtempSync(join(tmpdir(), 'app-')));

  expect(() => readSignInOptions(USER, 'package')).toThrow('--pool-id and --client-id are missing');
  expect(readSignInOptions([...USER, '--folder', 'x'], 'package').pool).toEqual({
    kind: 'local',
    folder: 'x',
  });
  expect(readSignInOptions([...USER, ...POOL], 'package').pool).toMatchObject({ kind: 'deployed' });
});

test.each<[string, readonly string[], string]>([
  ['no user', POOL, '--username is missing'],
  ['a pool without its client', [...USER, '--pool-id', 'eu-west-1_AbCdEfGhI'], 'go together'],
  ['a client without its pool', [...USER, '--client-id', 'client'], 'go together'],
  ['a pool that cannot be one', [...USER, '--pool-id', 'AbCdEfGhI', '--client-id', 'client'], 'looks like'],
  ['a client that cannot be one', [...USER, '--pool-id', 'eu-west-1_a', '--client-id', 'a b'], 'looks like'],
  ['a region that cannot be one', [...USER, ...POOL, '--region', 'Ireland'], '--region looks like eu-west-1'],
  ['a folder beside a pool', [...USER, ...POOL, '--folder', '.local'], '--folder is for the local system'],
  ['a region without a pool', [...USER, '--region', 'eu-west-1'], '--region goes with --pool-id'],
  ['an option that there is not', [...USER, '--code', '123456'], "'--code'"],
])('says how to correct %s', (_, args, words) => {
  expect(() => read(...args)).toThrow(CommandError);
  expect(() => read(...args)).toThrow(words);
});
