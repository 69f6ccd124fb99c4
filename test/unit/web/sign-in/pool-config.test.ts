import { afterEach, expect, test, vi } from 'vitest';
import { readPoolConfig } from '../../../../web/sign-in/pool-config.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('the page signs in to the pool that the file beside it names', async () => {
  const pool = { region: 'eu-west-1', userPoolId: 'eu-west-1_AbCdEfGhI', userPoolClientId: 'client' };
  vi.stubGlobal('fetch', async (path: string) => Response.json(path === 'config.json' ? pool : {}));

  expect(await readPoolConfig('?code=1')).toEqual(pool);
});

test('one of several pools of a local system is asked for by the page’s own address', async () => {
  const fetched = vi.fn(async () => Response.json({}));
  vi.stubGlobal('fetch', fetched);

  await readPoolConfig('?otp=Shop%20Otp');

  expect(fetched).toHaveBeenCalledWith('config.json?otp=Shop+Otp', expect.anything());
});

test('a configuration that does not come within ten seconds is missing', async () => {
  const late = new AbortController();
  const limit = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(late.signal);
  const never = (_: string, { signal }: RequestInit) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  vi.stubGlobal('fetch', never);

  const config = readPoolConfig('');
  late.abort();

  await expect(config).rejects.toThrow();
  expect(limit).toHaveBeenCalledExactlyOnceWith(10_000);
});
