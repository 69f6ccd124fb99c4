import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSignInOptions, UsageError } from '../../../../commands/sign-in/options.ts';

const ROOT = mkdtempSync(join(tmpdir(), 'sign-in-options-'));
afterAll(() => rmSync(ROOT, { recursive: true }));

const USER = ['--username', 'alice@example.com'];
const POOL = ['--pool-id', 'eu-west-1_AbCdEfGhI', '--client-id', 'client'];

const read = (...args: readonly string[]) => readSignInOptions(args, ROOT);

describe('a deployed pool', () => {
  test('is in the region that its id says, and nothing else needs to be given', () => {
    expect(read(...USER, ...POOL)).toEqual({
      username: 'alice@example.com',
      password: undefined,
      newPassword: undefined,
      resend: false,
      tokens: false,
      target: { region: 'eu-west-1', poolId: 'eu-west-1_AbCdEfGhI', clientId: 'client' },
    });
  });

  test('may be said to be elsewhere', () => {
    expect(read(...USER, ...POOL, '--region', 'us-east-1').target.region).toBe('us-east-1');
  });
});

describe('the local system', () => {
  const local = {
    endpoint: 'http://127.0.0.1:4566',
    region: 'us-east-1',
    poolId: 'us-east-1_local',
    clientId: 'local-client',
    tableName: 'challenges',
    keyringSecretArn: 'arn:secret',
    inbox: 'http://127.0.0.1:4566/inbox',
  };

  test('is what it has written down in its folder', () => {
    writeFileSync(join(ROOT, 'outputs.json'), JSON.stringify(local));

    expect(read(...USER, '--folder', '.').target).toEqual({
      region: 'us-east-1',
      poolId: 'us-east-1_local',
      clientId: 'local-client',
      local,
    });
  });

  test('has to be started first', () => {
    expect(() => read(...USER)).toThrow(/no local system yet\. Start it .* npm start/);
  });
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

test.each<[string, readonly string[], string]>([
  ['no user', POOL, '--username is missing'],
  ['a pool without its client', [...USER, '--pool-id', 'eu-west-1_AbCdEfGhI'], 'go together'],
  ['a client without its pool', [...USER, '--client-id', 'client'], 'go together'],
  ['a pool that cannot be one', [...USER, '--pool-id', 'AbCdEfGhI', '--client-id', 'client'], 'looks like'],
  ['an option that there is not', [...USER, '--code', '123456'], "'--code'"],
])('says how to mend %s', (_, args, words) => {
  expect(() => read(...args)).toThrow(UsageError);
  expect(() => read(...args)).toThrow(words);
});
