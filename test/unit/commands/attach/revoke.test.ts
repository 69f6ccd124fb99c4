import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { revokeClients } from '../../../../commands/attach/revoke.ts';
import { attachPool } from '../../../../commands/attach/run.ts';
import type { PoolSource } from '../../../../commands/pool/source.ts';
import { openUndoFile } from '../../../../commands/pool/undo-file.ts';
import { EXIT } from '../../../../shared/command/failure.ts';
import {
  aMemoryPool,
  aTalk,
  type HeardTalk,
  type MemoryPool,
  OPEN_CLIENT,
  SAFE_CLIENT,
} from '../../../support/pools/pool-source.ts';
import { useFolder } from '../../../support/process/use-folder.ts';
import { MINUTE, NOW } from '../../../support/table/challenges.ts';

const folder = useFolder();

/** Until the functions know that the client was open, and what they gave before that has come. */
const SETTLED = NOW + 2 * MINUTE;

const USERS = Array.from({ length: 130 }, (_, index) => `user-${index}@example.com`);

/** A pool with so many users, in which a client was open and is closed. */
const aClosedPool = async (users = 3): Promise<MemoryPool> => {
  const memory = await aMemoryPool([SAFE_CLIENT, OPEN_CLIENT]);
  for (const Username of USERS.slice(0, users)) {
    await memory.cognito.call('AdminCreateUser', {
      UserPoolId: memory.userPoolId,
      Username,
      MessageAction: 'SUPPRESS',
    });
  }
  const undo = openUndoFile(join(folder(), 'undo.json'), memory.userPoolId);
  const close = [memory.clientIds.old ?? ''];
  const options = { close, replace: [], accept: [], until: (now: number) => now + MINUTE };
  await attachPool({ source: memory.source, options, undo, talk: aTalk() });
  return memory;
};

/** A pool without a client that was open. */
const attachedSource = async (memory: MemoryPool): Promise<PoolSource> => {
  const undo = openUndoFile(join(folder(), `${memory.userPoolId}.json`), memory.userPoolId);
  const options = { close: [], replace: [], accept: [], until: undefined };
  await attachPool({ source: memory.source, options, undo, talk: aTalk() });
  return memory.with({}, SETTLED);
};

const runOf = (
  memory: MemoryPool,
  { talk = aTalk(), source = memory.with({}, SETTLED) }: { talk?: HeardTalk; source?: PoolSource } = {},
) => ({
  source,
  talk,
  undoPath: join(folder(), 'undo.json'),
  wait: async () => undefined,
});

const signedOut = ({ calls }: MemoryPool) => calls.filter((call) => call === 'AdminUserGlobalSignOut').length;
const recordsOf = ({ source, userPoolId }: MemoryPool) => source.records.read(userPoolId);
const PROGRESS = 'undo.json.signed-out';

describe('a client that was open and is closed', () => {
  it('is clean after every user of the pool was signed out', async () => {
    const memory = await aClosedPool(130);
    const run = runOf(memory);

    await revokeClients(run);

    expect(signedOut(memory)).toBe(130);
    expect(await recordsOf(memory)).toMatchObject([
      { clientId: memory.clientIds.old, revokedAt: new Date(SETTLED).toISOString() },
    ]);
    expect(run.talk.documents).toEqual([
      { userPoolId: memory.userPoolId, revoked: [memory.clientIds.old], users: 130 },
    ]);
    expect(existsSync(join(folder(), PROGRESS))).toBe(false);
  });

  it('stays as it is if nobody agrees, who is told that it ends all sessions in all clients', async () => {
    const memory = await aClosedPool();
    const run = runOf(memory, { talk: aTalk(false) });

    await expect(revokeClients(run)).rejects.toMatchObject({ exit: EXIT.refused });

    expect(run.talk.said[0]).toMatch(/every user of the pool .*: \d+ by the pool's own estimate/);
    expect(run.talk.said[0]).toContain('in all clients of the pool');
    expect(signedOut(memory)).toBe(0);
    expect((await recordsOf(memory))[0]).not.toHaveProperty('revokedAt');
  });

  it('leaves nothing on record where everybody is signed out once more, or no client was ever open', async () => {
    const [once, never] = [await aClosedPool(), await aMemoryPool([SAFE_CLIENT])];
    await revokeClients(runOf(once));
    const kept = await recordsOf(once);
    const [again, first] = [runOf(once), runOf(never, { source: await attachedSource(never) })];

    for (const run of [again, first]) await revokeClients(run);

    expect([signedOut(once), signedOut(never)]).toEqual([6, 0]);
    expect([await recordsOf(once), await recordsOf(never)]).toEqual([kept, []]);
    for (const { talk } of [again, first]) {
      expect(talk.asked).toEqual(['sign out everybody']);
      expect(talk.said[0]).toContain('of which none is on record as open once');
      expect(talk.said.at(-1)).toMatch(/signed out\.$/);
    }
  });

  it('is clean even if its last sessions have come from a date in the deployment that is over', async () => {
    const memory = await aMemoryPool([SAFE_CLIENT]);
    await attachedSource(memory);
    const until = new Date(NOW).toISOString();
    const source = memory.with({ reporting: { [memory.clientIds.web ?? '']: { until } } }, SETTLED);

    await revokeClients(runOf(memory, { source }));

    expect(await recordsOf(memory)).toMatchObject([
      { clientId: memory.clientIds.web, revokedAt: expect.any(String) },
    ]);
  });
});

describe('it is too early to sign out everybody', () => {
  it.each([
    ['while a client gives tokens without a code', 'gives tokens without a code until'],
    ['while a client is open again', 'lets users in without the code'],
    ['while a trigger is gone', 'the pool calls nothing as PreTokenGeneration'],
    ['while the functions may not know yet that it was open', 'may still give tokens as before until'],
  ])('%s', async (situation, words) => {
    const memory = await aClosedPool();
    const { userPoolId, clientIds, cognito } = memory;
    let source = memory.with({}, SETTLED);
    if (words.startsWith('gives')) {
      const until = new Date(SETTLED + MINUTE).toISOString();
      source = memory.with({ reporting: { [clientIds.old ?? '']: { until } } }, SETTLED);
    }
    if (words.startsWith('lets')) {
      await cognito.call('UpdateUserPoolClient', {
        ...{ UserPoolId: userPoolId, ClientId: clientIds.old, ClientName: 'old' },
        ExplicitAuthFlows: OPEN_CLIENT.ExplicitAuthFlows,
      });
    }
    if (words.startsWith('the pool')) await cognito.call('UpdateUserPool', { UserPoolId: userPoolId });

    if (words.startsWith('may still')) source = memory.with({}, SETTLED - 1);

    const refused = revokeClients(runOf(memory, { source }));

    await expect(refused, situation).rejects.toMatchObject({ exit: EXIT.refused });
    await expect(refused).rejects.toThrow(words);
    expect(signedOut(memory)).toBe(0);
  });
});

it('is too early in the minutes after a client has stopped to report', async () => {
  const memory = await aClosedPool();
  const until = new Date(SETTLED - MINUTE).toISOString();
  const source = memory.with({ reporting: { [memory.clientIds.old ?? '']: { until } } }, SETTLED);

  await expect(revokeClients(runOf(memory, { source }))).rejects.toMatchObject({
    message: expect.stringContaining(`until ${new Date(SETTLED + MINUTE).toISOString()}`),
    exit: EXIT.refused,
  });
});

describe('a run that is ended', () => {
  const interrupted = async () => {
    const memory = await aClosedPool(130);
    memory.interrupt(() => {
      if (signedOut(memory) === 100) throw new Error('lost');
    });
    await expect(revokeClients(runOf(memory))).rejects.toThrow('lost');
    memory.interrupt(() => undefined);
    return memory;
  };

  it('goes on with the page that it was at, and counts everybody', async () => {
    const memory = await interrupted();
    const run = runOf(memory, { source: memory.with({}, SETTLED + MINUTE) });

    await revokeClients(run);

    // 99 before, of whom 39 were on the page that is done again.
    expect(signedOut(memory)).toBe(100 + 70);
    expect(run.talk.documents).toMatchObject([{ users: 130 }]);
    // Whatever was given since the first run began counts as clean only if it was given with a code.
    expect(await recordsOf(memory)).toMatchObject([{ revokedAt: new Date(SETTLED).toISOString() }]);
  });

  it('begins anew if somebody has changed the pool or a client since', async () => {
    const memory = await interrupted();
    const open = await memory.client('old');
    const { ExplicitAuthFlows, AuthSessionValidity, PreventUserExistenceErrors, WriteAttributes } = open;
    await memory.cognito.call('UpdateUserPoolClient', {
      ...{ UserPoolId: memory.userPoolId, ClientId: memory.clientIds.old, ClientName: 'older' },
      ...{ ExplicitAuthFlows, AuthSessionValidity, PreventUserExistenceErrors, WriteAttributes },
    });

    await revokeClients(runOf(memory));

    expect(signedOut(memory)).toBe(100 + 130);
  });

  it('keeps no user name', async () => {
    await interrupted();

    expect(readdirSync(folder())).toContain(PROGRESS);
    const kept = JSON.parse(readFileSync(join(folder(), PROGRESS), 'utf8'));
    expect(Object.keys(kept).toSorted()).toEqual(['page', 'startedAt', 'users', 'what']);
    expect(kept.what).not.toContain('@');
  });
});
