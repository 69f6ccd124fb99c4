/** From when on refresh tokens are refused where users could get tokens without a code. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AttachRun, attachPool, showPlan } from '../../../../commands/attach/run.ts';
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

const MARCH = '2025-03-01T00:00:00.000Z';
const MAY = '2025-05-01T00:00:00.000Z';

const runOf = (
  memory: MemoryPool,
  options: Partial<AttachRun['options']>,
  { talk = aTalk(), source = memory.with({}, NOW + MINUTE) } = {},
) => ({
  source,
  options: { close: [], replace: [], accept: [], until: undefined, ...options },
  undo: openUndoFile(join(folder(), 'undo.json'), memory.userPoolId),
  talk,
});

const closing = (memory: MemoryPool, date: string) => ({
  close: [memory.clientIds.old ?? ''],
  until: () => Date.parse(date),
});

const recordsOf = ({ source, userPoolId }: MemoryPool) => source.records.read(userPoolId);

/** A pool with a client that was closed until May. */
const aClosedPool = async () => {
  const memory = await aMemoryPool([SAFE_CLIENT, OPEN_CLIENT]);
  await attachPool(runOf(memory, closing(memory, MAY), { source: memory.source }));
  return memory;
};

describe('a date on record', () => {
  it('is moved forward by an earlier --until, after somebody has agreed', async () => {
    const memory = await aClosedPool();
    const [no, yes] = [
      runOf(memory, closing(memory, MARCH), { talk: aTalk(false) }),
      runOf(memory, closing(memory, MARCH)),
    ];

    await expect(attachPool(no)).rejects.toMatchObject({ exit: EXIT.refused });
    expect(await recordsOf(memory)).toMatchObject([{ refusedFrom: MAY }]);

    await attachPool(yes);
    expect(await recordsOf(memory)).toMatchObject([
      { taintedAt: new Date(NOW).toISOString(), refusedFrom: MARCH },
    ]);
    expect(yes.talk.asked).toEqual([`attach ${memory.userPoolId}`]);
    expect(yes.talk.said[0]).toContain(`refused from ${MARCH} on now, and no longer from ${MAY}.`);
    expect(yes.talk.said[0]).toContain(`refreshed until ${MARCH}`);
  });

  it('is not moved back by a later one, which is said of the client by name', async () => {
    const memory = await aClosedPool();
    const run = runOf(memory, closing(memory, '2025-06-01'));

    await attachPool(run);

    expect(await recordsOf(memory)).toMatchObject([{ refusedFrom: MAY }]);
    expect(run.talk.said[0]).toContain(`at old (${memory.clientIds.old}), as is on record since`);
    expect(run.talk.said[0]).toContain(
      `refused from ${MAY} on; --until says no earlier time, so it is ignored`,
    );
    expect(run.talk.said[0]).toContain(`refreshed until ${MAY}`);
    expect(run.talk.asked).toEqual([]);
  });

  it('holds for a client that is not named, also where the triggers have to be set again', async () => {
    const memory = await aClosedPool();
    await memory.cognito.call('UpdateUserPoolClient', {
      ...{ ...OPEN_CLIENT, UserPoolId: memory.userPoolId, ClientId: memory.clientIds.old },
    });

    // It is open again, and closed again without another date.
    await attachPool(runOf(memory, { close: [memory.clientIds.old ?? ''] }));

    expect(await recordsOf(memory)).toMatchObject([
      { taintedAt: new Date(NOW + MINUTE).toISOString(), refusedFrom: MAY },
    ]);
  });
});

describe('--until', () => {
  it('is refused where no client is closed or was open', async () => {
    const memory = await aMemoryPool([SAFE_CLIENT]);
    const run = runOf(memory, { until: () => Date.parse(MARCH), close: ['recovery'] });

    await expect(showPlan(run)).rejects.toMatchObject({ exit: EXIT.refused });
    expect(run.talk.said[0]).toContain('--until says nothing here: it goes with --close <client>');
  });

  it('is not needed for a client that the stack lets report: its date holds, which is said', async () => {
    const memory = await aMemoryPool([OPEN_CLIENT]);
    const id = memory.clientIds.old ?? '';
    const source = memory.with({ reporting: { [id]: { until: MARCH } } });
    const run = runOf(memory, { close: [id] }, { source });

    await attachPool(run);

    expect((await memory.client('old')).ExplicitAuthFlows).toEqual(SAFE_CLIENT.ExplicitAuthFlows);
    expect(await recordsOf(memory)).toMatchObject([{ refusedFrom: MARCH }]);
    expect(run.talk.said[0]).toContain(`The stack lets old (${id}) report until ${MARCH}.`);
  });
});

it('leaves open what the deployment accepts, without naming it again', async () => {
  const memory = await aMemoryPool([SAFE_CLIENT], { AccountRecoverySetting: undefined });
  const run = runOf(memory, {}, { source: memory.with({ accepted: ['recovery'] }) });

  await attachPool(run);

  expect(run.talk.said[0]).toContain('recovery: stays open, as you accept');
});

it('is not stopped by what the deployment accepts of a client that was deleted since', async () => {
  const memory = await aMemoryPool([SAFE_CLIENT]);
  const run = runOf(memory, {}, { source: memory.with({ accepted: ['gone:session'] }) });

  await expect(attachPool(run)).resolves.toBeUndefined();
});
