import { afterEach, expect, test, vi } from 'vitest';
import { readPoolConfig } from '../../../../web/sign-in/pool-config.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('the page signs in to the pool that the file beside it names', async () => {
  const pool = { region: 'eu-west-1', userPoolId: 'eu-west-1_AbCdEfGhI', userPoolClientId: 'client' };
  vi.stubGlobal('fetch', async (path: string) => Response.json(path === 'config.json' ? pool : {}));

  expect(await readPoolConfig()).toEqual(pool);
});
