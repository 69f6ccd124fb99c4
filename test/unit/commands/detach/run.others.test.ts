/** Detaching what others, or other runs, have had a hand in; and what stands in its way. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attachPool } from '../../../../commands/attach/run.ts';
import { type DetachRun, detachPool } from '../../../../commands/detach/run.ts';
import type { PoolSource } from '../../../../commands/pool/source.ts';
import { openUndoFile } from '../../../../commands/pool/undo-file.ts';
import { EXIT } from '../../../../shared/command/failure.ts';
import { PLACES, type TriggerArns } from '../../../../shared/pool/places.ts';
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

const attached = async (memory: MemoryPool, source: PoolSource = memory.source, name = 'undo.json') => {
  const options = { close: [memory.clientIds.old ?? ''], replace: PLACES, accept: [] };
  const until = (now: number) => now;
  await attachPool({ source, options: { ...options, until }, undo: undoOf(memory, name), talk: aTalk() });
};

const aPool = () => aMemoryPool([SAFE_CLIENT, OPEN_CLIENT]);

const runOf = (
  memory: MemoryPool,
  options: Partial<DetachRun['options']> = {},
  { source = memory.source } = {},
) => ({
  source,
  options: { plan: false, withoutUndo: false, ...options },
  undo: undoOf(memory),
  talk: aTalk(),
});

const configOf = async (memory: MemoryPool) => (await memory.pool()).LambdaConfig ?? {};
const writes = ({ calls }: MemoryPool) => calls.filter((call) => call.startsWith('Update'));

it('puts back what was there also where a colleague has set the functions of a newer deployment', async () => {
  const memory = await aPool();
  await attached(memory);
  const triggers = JSON.parse(JSON.stringify(TRIGGERS).replaceAll('Otp-', 'Newer-')) as TriggerArns;
  const source = memory.with({ triggers });
  await attached(memory, source, 'of-the-colleague.json');

  await detachPool(runOf(memory, {}, { source }));

  expect(await configOf(memory)).toEqual({});
});

describe('a stack that sets the triggers itself', () => {
  const byStack = async () => {
    const memory = await aMemoryPool([SAFE_CLIENT, OPEN_CLIENT], { LambdaConfig: TRIGGERS });
    const source = memory.with({ attachedBy: 'deployment' });
    await attached(memory, source);
    return { memory, source };
  };

  it('keeps them, while what was closed is opened again', async () => {
    const { memory, source } = await byStack();
    const run = runOf(memory, {}, { source });

    await detachPool(run);

    expect((await memory.client('old')).ExplicitAuthFlows).toEqual(OPEN_CLIENT.ExplicitAuthFlows);
    expect(await configOf(memory)).toMatchObject(TRIGGERS);
    expect(run.talk.said[0]).toContain('so it is the one to take off the triggers');
    expect(existsSync(run.undo.path)).toBe(false);
  });

  it('knows what was in them itself, also where the command has mended them', async () => {
    const { memory, source } = await byStack();
    await memory.cognito.call('UpdateUserPool', { UserPoolId: memory.userPoolId });
    const options = { close: [], replace: [], accept: ['recovery'], until: undefined };

    await attachPool({ source, options, undo: undoOf(memory), talk: aTalk() });

    expect(await configOf(memory)).toMatchObject(TRIGGERS);
    expect(
      undoOf(memory)
        .read()
        .map(({ at }) => at),
    ).toEqual([{ clientId: memory.clientIds.old }]);
  });
});

describe('what stands in its way', () => {
  it('is in the plan, and is said before anybody is asked', async () => {
    const memory = await aPool();
    await attached(memory);
    memory.cognito.seams.setUnknownProperty(memory.userPoolId, 'NewThing', { Mode: 'ON' });
    const [plan, run] = [runOf(memory, { plan: true }), runOf(memory)];

    await expect(detachPool(plan)).rejects.toMatchObject({ exit: EXIT.refused });
    await expect(detachPool(run)).rejects.toMatchObject({ exit: EXIT.refused });

    expect(plan.talk.said[0]).toContain("Nothing can be put back like this:\n  The pool's NewThing");
    expect(plan.talk.documents).toMatchObject([{ plan: { refusals: [expect.any(String)] } }]);
    expect(run.talk.asked).toEqual([]);
  });

  it('at the pool leaves everything as it was', async () => {
    const memory = await aPool();
    await attached(memory);
    const before = writes(memory).length;
    memory.interrupt((operation) => {
      if (operation === 'UpdateUserPool') throw new Error('refused');
    });
    const run = runOf(memory);

    await expect(detachPool(run)).rejects.toThrow('refused');

    expect(writes(memory).slice(before)).toEqual(['UpdateUserPool']);
    expect((await memory.client('old')).ExplicitAuthFlows).toEqual(SAFE_CLIENT.ExplicitAuthFlows);
    expect(run.talk.progressed.at(-1)).toBe('Put back so far: nothing. Run the command again to go on.');
  });

  it('at a client leaves the pool put back, which is said, and the next run goes on', async () => {
    const memory = await aPool();
    await attached(memory);
    memory.interrupt((operation) => {
      if (operation === 'UpdateUserPoolClient') throw new Error('refused');
    });
    const run = runOf(memory);

    await expect(detachPool(run)).rejects.toThrow('refused');
    expect(run.talk.progressed.at(-1)).toBe('Put back so far: the pool. Run the command again to go on.');

    memory.interrupt(() => undefined);
    await detachPool(runOf(memory));
    expect((await memory.client('old')).ExplicitAuthFlows).toEqual(OPEN_CLIENT.ExplicitAuthFlows);
  });
});
