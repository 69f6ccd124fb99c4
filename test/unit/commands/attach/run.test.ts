import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AttachRun, attachPool } from '../../../../commands/attach/run.ts';
import { openUndoFile } from '../../../../commands/pool/undo-file.ts';
import { EXIT } from '../../../../shared/command/failure.ts';
import type { TriggerArns } from '../../../../shared/pool/places.ts';
import {
  aMemoryPool,
  aTalk,
  type MemoryPool,
  OPEN_CLIENT,
  SAFE_CLIENT,
  TRIGGERS,
} from '../../../support/pools/pool-source.ts';
import { useFolder } from '../../../support/process/use-folder.ts';
import { NOW } from '../../../support/table/challenges.ts';

const folder = useFolder();

const NOTHING = { close: [], replace: [], accept: [], until: undefined };
const UNTIL = '2025-03-01T00:00:00.000Z';

const runOf = (
  memory: MemoryPool,
  options: Partial<AttachRun['options']> = {},
  { talk = aTalk(), source = memory.source } = {},
) => ({
  source,
  options: { ...NOTHING, ...options },
  undo: openUndoFile(join(folder(), 'undo.json'), memory.userPoolId),
  talk,
});

const closing = (memory: MemoryPool) => ({
  close: [memory.clientIds.old ?? ''],
  until: () => Date.parse(UNTIL),
});

const written = ({ calls }: MemoryPool) => calls.filter((call) => call.startsWith('Update'));

describe('a pool without a way around the code', () => {
  it('gets the triggers, after somebody has agreed by the name of the pool', async () => {
    const memory = await aMemoryPool([SAFE_CLIENT]);
    const run = runOf(memory);

    await attachPool(run);

    expect((await memory.pool()).LambdaConfig).toMatchObject(TRIGGERS);
    expect(run.talk.asked).toEqual([`attach ${memory.userPoolId}`]);
    expect(run.talk.said[0]).toContain(
      `LambdaConfig.DefineAuthChallenge: nothing -> ${TRIGGERS.DefineAuthChallenge}`,
    );
    expect(run.talk.said[1]).toMatch(/^\nAttached\. \d properties were written/);
    expect(written(memory)).toEqual(['UpdateUserPool']);
  });

  it('is left alone if nobody agrees, and nothing is kept', async () => {
    const memory = await aMemoryPool([SAFE_CLIENT]);
    const run = runOf(memory, {}, { talk: aTalk(false) });

    await expect(attachPool(run)).rejects.toMatchObject({
      message: 'Nothing was changed.',
      exit: EXIT.refused,
    });

    expect(written(memory)).toEqual([]);
    expect(run.undo.read()).toEqual([]);
  });

  it('is left alone if it is attached already', async () => {
    const memory = await aMemoryPool([SAFE_CLIENT]);
    await attachPool(runOf(memory));
    const kept = readFileSync(join(folder(), 'undo.json'), 'utf8');
    const again = runOf(memory);

    await attachPool(again);

    expect(again.talk.asked).toEqual([]);
    expect(again.talk.said.join()).toContain('nothing was written');
    expect(written(memory)).toEqual(['UpdateUserPool']);
    expect(readFileSync(join(folder(), 'undo.json'), 'utf8')).toBe(kept);
    // A colleague without the file gets none that says nothing.
    await attachPool({ ...again, undo: openUndoFile(join(folder(), 'other.json'), memory.userPoolId) });
    expect(existsSync(join(folder(), 'other.json'))).toBe(false);
  });

  it('has no trigger of somebody else in those that an older deployment had, as the undo file says', async () => {
    const memory = await aMemoryPool([SAFE_CLIENT]);
    await attachPool(runOf(memory));
    const newer = (text: string) => text.replace('Otp-', 'Newer-');
    const triggers = JSON.parse(JSON.stringify(TRIGGERS).replaceAll('Otp-', 'Newer-')) as TriggerArns;
    const source = memory.with({ triggers });

    await attachPool(runOf(memory, {}, { source }));

    expect((await memory.pool()).LambdaConfig).toMatchObject({
      DefineAuthChallenge: newer(TRIGGERS.DefineAuthChallenge),
      PreTokenGenerationConfig: { LambdaArn: newer(TRIGGERS.PreTokenGeneration) },
    });
  });

  it('is not touched where the undo file is of another pool, or cannot be written, and nobody is asked', async () => {
    const memory = await aMemoryPool([SAFE_CLIENT]);
    openUndoFile(join(folder(), 'undo.json'), 'eu-central-1_Other').keep([]);
    const other = runOf(memory);
    const nowhere = {
      ...runOf(memory),
      undo: openUndoFile(join(folder(), 'no', 'undo.json'), memory.userPoolId),
    };

    await expect(attachPool(other)).rejects.toMatchObject({ exit: EXIT.refused });
    await expect(attachPool(nowhere)).rejects.toMatchObject({ code: 'ENOENT' });

    expect([...other.talk.asked, ...nowhere.talk.asked, ...written(memory)]).toEqual([]);
  });
});

describe('a client that is open', () => {
  it('stops everything until it is closed by its name', async () => {
    const memory = await aMemoryPool([SAFE_CLIENT, OPEN_CLIENT]);
    const run = runOf(memory);

    await expect(attachPool(run)).rejects.toMatchObject({ exit: EXIT.refused });

    expect(run.talk.said[0]).toContain('Nothing can be attached like this:');
    expect(run.talk.said[0]).toContain(`${memory.clientIds.old} of the client old: open, and in the way`);
    expect(run.talk.documents).toEqual([
      expect.objectContaining({ outcome: expect.objectContaining({ kind: 'refused' }) }),
    ]);
    expect(written(memory)).toEqual([]);
  });

  it('is closed only if it is said when its users have to sign in again', async () => {
    const memory = await aMemoryPool([OPEN_CLIENT]);
    const run = runOf(memory, { close: closing(memory).close });

    await expect(attachPool(run)).rejects.toMatchObject({ exit: EXIT.refused });

    expect(run.talk.said[0]).toContain(
      `--until is missing. Users of old (${memory.clientIds.old}) may be signed in`,
    );
  });

  it('is recorded before the triggers are written, kept, and closed', async () => {
    const memory = await aMemoryPool([SAFE_CLIENT, OPEN_CLIENT]);
    const run = runOf(memory, closing(memory));
    const recorded: unknown[] = [];
    memory.interrupt(async (operation) => {
      if (operation !== 'UpdateUserPool') return;
      recorded.push(await memory.source.records.read(memory.userPoolId), run.undo.read());
    });

    await attachPool(run);

    expect(recorded).toEqual([
      [{ clientId: memory.clientIds.old, taintedAt: new Date(NOW).toISOString(), refusedFrom: UNTIL }],
      expect.arrayContaining([
        expect.objectContaining({ property: 'ExplicitAuthFlows', before: OPEN_CLIENT.ExplicitAuthFlows }),
      ]),
    ]);
    expect((await memory.client('old')).ExplicitAuthFlows).toEqual(SAFE_CLIENT.ExplicitAuthFlows);
    expect(written(memory)).toEqual(['UpdateUserPool', 'UpdateUserPoolClient']);
    expect(statSync(run.undo.path).mode & 0o777).toBe(0o600);
  });

  it('that reports stays open until its date, from which on its refresh tokens are refused', async () => {
    const memory = await aMemoryPool([OPEN_CLIENT]);
    const source = memory.with({ reporting: { [memory.clientIds.old ?? '']: { until: UNTIL } } });

    await attachPool(runOf(memory, {}, { source }));

    expect((await memory.client('old')).ExplicitAuthFlows).toEqual(OPEN_CLIENT.ExplicitAuthFlows);
    expect(await source.records.read(memory.userPoolId)).toMatchObject([{ refusedFrom: UNTIL }]);
  });

  it('is not attached to functions of a release that cannot tell its tokens from others', async () => {
    const memory = await aMemoryPool([OPEN_CLIENT]);
    const run = runOf(memory, closing(memory), { source: memory.with({ knowsTaints: false }) });

    await expect(attachPool(run)).rejects.toMatchObject({ exit: EXIT.refused });
    expect(run.talk.said[0]).toContain('Users could get tokens without a code at old');
    expect(run.talk.said[0]).toContain('Deploy a newer one first');
  });
});
