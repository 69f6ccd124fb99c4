import { describe, expect, it } from 'vitest';
import { createTurns, type Reached, signOutAll } from '../../../../commands/attach/sign-out.ts';
import type { PoolUsers } from '../../../../commands/pool/pool-users.ts';
import { EXIT } from '../../../../shared/command/failure.ts';

const FIRST: Reached = { page: undefined, users: 0 };

/** A pool with these users on its pages; the token of a page is its number. `unknown` tokens are not known any more. */
const aPool = (pages: readonly (readonly string[])[], unknown: readonly string[] = []) => {
  const signedOut: string[] = [];
  const users: PoolUsers = {
    page: async (token = '0') => {
      if (unknown.includes(token)) return undefined;
      const next = Number(token) + 1;
      return { usernames: pages[Number(token)] ?? [], next: next < pages.length ? `${next}` : undefined };
    },
    signOut: async (username) => void signedOut.push(username),
  };
  const reached: Reached[] = [];
  const steps = { reached: (at: Reached) => void reached.push(at), turn: async () => undefined };
  return { signedOut, reached, signOutAll: (from: Reached) => signOutAll(users, from, steps) };
};

describe('everybody', () => {
  it('is signed out, page by page, and counted', async () => {
    const pool = aPool([['ann', 'ben'], [], ['cem']]);

    expect(await pool.signOutAll(FIRST)).toBe(3);

    expect(pool.signedOut).toEqual(['ann', 'ben', 'cem']);
    expect(pool.reached).toEqual([
      { page: '1', users: 2 },
      { page: '2', users: 2 },
    ]);
  });

  it('of a run that was ended is signed out from the page on that it had reached', async () => {
    const pool = aPool([['ann', 'ben'], ['cem']]);

    expect(await pool.signOutAll({ page: '1', users: 2 })).toBe(3);

    expect(pool.signedOut).toEqual(['cem']);
  });

  it('is signed out from the first page on if Cognito has forgotten that page', async () => {
    const pool = aPool([['ann', 'ben'], ['cem']], ['old']);

    expect(await pool.signOutAll({ page: 'old', users: 60 })).toBe(3);

    expect(pool.signedOut).toEqual(['ann', 'ben', 'cem']);
  });

  it('is not said to be signed out if Cognito forgets again and again', async () => {
    const pool = aPool([['ann'], ['cem']], ['1']);

    await expect(pool.signOutAll(FIRST)).rejects.toMatchObject({
      message: expect.stringContaining('not everybody is signed out'),
      exit: EXIT.failed,
    });
    expect(pool.signedOut).toEqual(['ann', 'ann']);
  });

  it('waits for a turn before each user', async () => {
    const log: string[] = [];
    const users: PoolUsers = {
      page: async () => ({ usernames: ['ann', 'ben'], next: undefined }),
      signOut: async (username) => void log.push(username),
    };
    await signOutAll(users, FIRST, { reached: () => undefined, turn: async () => void log.push('turn') });

    expect(log).toEqual(['turn', 'ann', 'turn', 'ben']);
  });
});

it('takes at most ten turns in a second, however fast Cognito is', async () => {
  let now = 5_000;
  const turn = createTurns(
    () => now,
    async (ms) => {
      now += ms;
    },
  );

  for (let turns = 0; turns < 21; turns += 1) await turn();
  expect(now).toBe(7_000);

  now += 60_000;
  await turn();
  await turn();
  expect(now).toBe(67_100);
});
