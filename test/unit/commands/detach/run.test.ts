import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attachPool } from '../../../../commands/attach/run.ts';
import { type DetachRun, detachPool } from '../../../../commands/detach/run.ts';
import { openUndoFile } from '../../../../commands/pool/undo-file.ts';
import { EXIT } from '../../../../shared/command/failure.ts';
import {
  aMemoryPool,
  aTalk,
  type MemoryPool,
  OPEN_CLIENT,
  SAFE_CLIENT,
  TRIGGERS,
} from '../../../support/pools/pool-source.ts';
import { useFolder } from '../../../support/process/use-folder.ts';

const folder = useFolder();

const undoOf = ({ userPoolId }: MemoryPool, name = 'undo.json') =>
  openUndoFile(join(folder(), name), userPoolId);

/** A pool with a trigger of somebody else's and an open client, both before it is attached. */
const anAttachedPool = async (pool: object = {}): Promise<MemoryPool> => {
  const memory = await aMemoryPool([SAFE_CLIENT, OPEN_CLIENT], pool);
  await attachPool({
    source: memory.source,
    options: {
      close: [memory.clientIds.old ?? ''],
      replace: [],
      accept: [],
      until: (now) => now,
    },
    undo: undoOf(memory),
    talk: aTalk(),
  });
  return memory;
};

const runOf = (
  memory: MemoryPool,
  options: Partial<DetachRun['options']> = {},
  { talk = aTalk(), source = memory.source, undo = undoOf(memory) } = {},
) => ({ source, options: { plan: false, withoutUndo: false, ...options }, undo, talk });

const configOf = async (memory: MemoryPool) => (await memory.pool()).LambdaConfig ?? {};

describe('detaching', () => {
  it('puts back what was there, after somebody has agreed, and sets the undo file aside', async () => {
    const memory = await anAttachedPool();
    const run = runOf(memory);

    await detachPool(run);

    expect(await configOf(memory)).toEqual({});
    expect((await memory.client('old')).ExplicitAuthFlows).toEqual(OPEN_CLIENT.ExplicitAuthFlows);
    expect(run.talk.asked).toEqual([`detach ${memory.userPoolId}`]);
    expect(run.talk.said.at(-1)).toMatch(
      /^\nDetached\. \d properties were put back.*undo\.json\.undone now\.$/,
    );
    expect([existsSync(run.undo.path), existsSync(`${run.undo.path}.undone`)]).toEqual([false, true]);
    expect(memory.calls.filter((call) => call.startsWith('Update')).slice(-2)).toEqual([
      'UpdateUserPool',
      'UpdateUserPoolClient',
    ]);
  });

  it('says first who gets in without a code then, and who does not get in at all', async () => {
    const memory = await anAttachedPool();
    const run = runOf(memory, {}, { talk: aTalk(false) });

    await expect(detachPool(run)).rejects.toMatchObject({
      message: 'Nothing was changed.',
      exit: EXIT.refused,
    });

    const said = run.talk.said.join();
    expect(said).toContain(`old (${memory.clientIds.old}): users sign in with the password alone`);
    expect(said).toContain(`web (${memory.clientIds.web}): nobody can sign in`);
    expect(await configOf(memory)).toMatchObject(TRIGGERS);
    expect(existsSync(run.undo.path)).toBe(true);
  });

  it('leaves what others have changed since, and names it', async () => {
    const memory = await anAttachedPool();
    const theirs = { ...(await memory.client('old')), ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'] };
    const { UserPoolId, ClientId, ClientName, ExplicitAuthFlows } = theirs as Record<string, unknown>;
    await memory.cognito.call('UpdateUserPoolClient', {
      UserPoolId,
      ClientId,
      ClientName,
      ExplicitAuthFlows,
    });
    const run = runOf(memory);

    await detachPool(run);

    expect(run.talk.said[0]).toContain(
      `ExplicitAuthFlows of the client ${memory.clientIds.old} was changed by somebody else`,
    );
    expect((await memory.client('old')).ExplicitAuthFlows).toEqual(['ALLOW_ADMIN_USER_PASSWORD_AUTH']);
    expect(await configOf(memory)).toEqual({});
  });

  it('somebody else who has taken a place since keeps it', async () => {
    const memory = await anAttachedPool();
    const theirs = TRIGGERS.PreTokenGeneration.replace('Otp-Guard', 'Theirs');
    const LambdaConfig = {
      ...((await memory.pool()).LambdaConfig as object),
      PreTokenGeneration: theirs,
      PreTokenGenerationConfig: { LambdaArn: theirs, LambdaVersion: 'V1_0' },
    };
    await memory.cognito.call('UpdateUserPool', {
      UserPoolId: memory.userPoolId,
      LambdaConfig,
      DeletionProtection: 'ACTIVE',
    });

    await detachPool(runOf(memory));

    expect(await configOf(memory)).toMatchObject({ PreTokenGeneration: theirs });
    expect(await configOf(memory)).not.toHaveProperty('DefineAuthChallenge');
  });

  it('shows what it would do, and writes nothing', async () => {
    const memory = await anAttachedPool();
    const before = memory.calls.length;
    const run = runOf(memory, { plan: true });

    await detachPool(run);

    expect(memory.calls.slice(before).filter((call) => call.startsWith('Update'))).toEqual([]);
    expect(run.talk.asked).toEqual([]);
    expect(run.talk.documents).toMatchObject([
      { plan: { left: [], clients: [{ fate: 'shut' }, { clientId: memory.clientIds.old, fate: 'opened' }] } },
    ]);
  });

  it('that is ended before any of its calls is finished by the next run', async () => {
    const first = await anAttachedPool();
    const before = first.calls.length;
    await detachPool(runOf(first));
    const calls = first.calls.length - before;
    expect(calls).toBeGreaterThan(10);

    for (let call = 1; call <= calls; call += 1) {
      rmSync(join(folder(), 'undo.json'), { force: true });
      const memory = await anAttachedPool();
      let made = 0;
      memory.interrupt(() => {
        made += 1;
        if (made === call) throw new Error('lost');
      });
      await expect(detachPool(runOf(memory)), `call ${call}`).rejects.toThrow('lost');
      memory.interrupt(() => undefined);
      await detachPool(runOf(memory));

      expect(await configOf(memory), `call ${call}`).toEqual({});
      expect((await memory.client('old')).ExplicitAuthFlows).toEqual(OPEN_CLIENT.ExplicitAuthFlows);
    }
  });
});

describe('without the undo file', () => {
  it('nothing is touched, because nobody knows what was there', async () => {
    const memory = await anAttachedPool();
    const run = runOf(memory, {}, { undo: undoOf(memory, 'other.json') });

    await expect(detachPool(run)).rejects.toMatchObject({
      message: expect.stringContaining(
        'other.json does not say what was in DefineAuthChallenge, CreateAuthChallenge',
      ),
      exit: EXIT.refused,
    });
    expect(await configOf(memory)).toMatchObject(TRIGGERS);
  });

  it('the places where ours stand are emptied on demand, and clients stay closed', async () => {
    const memory = await anAttachedPool();

    await detachPool(runOf(memory, { withoutUndo: true }, { undo: undoOf(memory, 'other.json') }));

    expect(await configOf(memory)).toEqual({});
    expect((await memory.client('old')).ExplicitAuthFlows).toEqual(SAFE_CLIENT.ExplicitAuthFlows);
  });

  it('there is nothing to do in a pool that is not attached', async () => {
    const memory = await aMemoryPool([SAFE_CLIENT]);
    const run = runOf(memory);

    await detachPool(run);

    expect(run.talk.asked).toEqual([]);
    expect(run.talk.said.at(-1)).toContain('0 properties were put back');
  });
});

it.each([
  ['deployment', "Deploy it with attachBy: 'command', and detach with this file"],
  ['template', 'the triggers go when EmailOtp is taken out of it'],
] as const)('leaves the triggers of a pool to the stack that sets them (%s)', async (attachedBy, how) => {
  const memory = await anAttachedPool();
  const run = runOf(memory, {}, { source: memory.with({ attachedBy }) });

  await expect(detachPool(run)).rejects.toMatchObject({
    message: expect.stringContaining(how),
    exit: EXIT.refused,
  });
});
