/** What comes between the first sign-out of `attach --revoke` and the moment at which clients count as clean. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { revokeClients } from '../../../../commands/attach/revoke.ts';
import { attachPool } from '../../../../commands/attach/run.ts';
import type { PoolDeployment } from '../../../../commands/pool/deployment.ts';
import type { PoolSource } from '../../../../commands/pool/source.ts';
import { openUndoFile } from '../../../../commands/pool/undo-file.ts';
import { EXIT } from '../../../../shared/command/failure.ts';
import {
  aMemoryPool,
  aTalk,
  type MemoryPool,
  OPEN_CLIENT,
  SAFE_CLIENT,
} from '../../../support/pools/pool-source.ts';
import { useFolder } from '../../../support/process/use-folder.ts';
import { MINUTE, NOW } from '../../../support/table/challenges.ts';

const folder = useFolder();

const SETTLED = NOW + 2 * MINUTE;
const LATER = SETTLED + 60 * MINUTE;
const PROGRESS = 'undo.json.signed-out';

/** A pool with so many users, in which a client was open and is closed. */
const aClosedPool = async (users = 3): Promise<MemoryPool> => {
  const memory = await aMemoryPool([SAFE_CLIENT, OPEN_CLIENT]);
  const { userPoolId: UserPoolId, cognito, source } = memory;
  for (let user = 0; user < users; user += 1) {
    const Username = `user-${user}@example.com`;
    await cognito.call('AdminCreateUser', { UserPoolId, Username, MessageAction: 'SUPPRESS' });
  }
  const undo = openUndoFile(join(folder(), 'undo.json'), UserPoolId);
  const close = [memory.clientIds.old ?? ''];
  const options = { close, replace: [], accept: [], until: (now: number) => now + MINUTE };
  await attachPool({ source, options, undo, talk: aTalk() });
  return memory;
};

const revoke = (source: PoolSource) =>
  revokeClients({
    source,
    talk: aTalk(),
    undoPath: join(folder(), 'undo.json'),
    wait: async () => undefined,
  });

const signedOut = ({ calls }: MemoryPool) => calls.filter((call) => call === 'AdminUserGlobalSignOut').length;
const recordsOf = ({ source, userPoolId }: MemoryPool) => source.records.read(userPoolId);

describe('what comes while everybody is signed out', () => {
  /** Does it once, in the middle. */
  const meanwhile = async (happens: (memory: MemoryPool, clientId: string) => unknown) => {
    const memory = await aClosedPool(130);
    let isDone = false;
    memory.interrupt(async () => {
      if (isDone || signedOut(memory) < 100) return;
      isDone = true;
      await happens(memory, memory.clientIds.old ?? '');
    });
    return memory;
  };
  const tainting = async (memory: MemoryPool, clientId: string) => {
    const at = new Date(SETTLED + 1).toISOString();
    await memory.source.records.taint(memory.userPoolId, clientId, { at, refusedFrom: at });
  };
  const ending = (memory: MemoryPool, more: Partial<PoolDeployment> = {}) => ({
    ...memory.with({}, SETTLED),
    again: () => memory.with(more, LATER).again(),
  });

  it.each<[string, string, (memory: MemoryPool, clientId: string) => unknown]>([
    [
      'a trigger that is taken off',
      'the pool calls nothing as PreTokenGeneration',
      ({ cognito, userPoolId }) => cognito.call('UpdateUserPool', { UserPoolId: userPoolId }),
    ],
    ['tokens without a code', 'Users could get tokens without a code at old', tainting],
  ])('%s leaves the client as it is, and the next run begins anew', async (_, words, happens) => {
    const memory = await meanwhile(happens);

    await expect(revoke(ending(memory))).rejects.toMatchObject({
      message: expect.stringMatching(new RegExp(`^Everybody was signed out, but too early:[^]*${words}`)),
      exit: EXIT.failed,
    });

    expect((await recordsOf(memory))[0]).not.toHaveProperty('revokedAt');
    expect(existsSync(join(folder(), PROGRESS))).toBe(false);
  });

  it('a deployment that lets the client report leaves it as it is', async () => {
    const memory = await aClosedPool();
    const until = new Date(LATER + MINUTE).toISOString();
    const source = ending(memory, { reporting: { [memory.clientIds.old ?? '']: { until } } });

    await expect(revoke(source)).rejects.toThrow(`without a code until ${until}`);
    expect((await recordsOf(memory))[0]).not.toHaveProperty('revokedAt');
  });

  it('even in the last moment leaves the client as it is', async () => {
    const memory = await aClosedPool();
    const { records } = memory.source;
    const tooLate: typeof records.revoke = async (poolId, clientId, at) => {
      await tainting(memory, clientId);
      return records.revoke(poolId, clientId, at);
    };
    const source = { ...ending(memory), records: { ...records, revoke: tooLate } };

    await expect(revoke(source)).rejects.toThrow('Run the command again after that.');
    expect((await recordsOf(memory))[0]).not.toHaveProperty('revokedAt');
  });
});
