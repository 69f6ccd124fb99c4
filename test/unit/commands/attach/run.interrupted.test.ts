/** Attaching that is ended, disturbed or done twice at once; and the plan, which writes nothing. */
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
  TRIGGERS,
} from '../../../support/pools/pool-source.ts';
import { useFolder } from '../../../support/process/use-folder.ts';

const folder = useFolder();

const until: AttachRun['options']['until'] = () => Date.parse('2025-03-01T00:00:00.000Z');

const runOf = (memory: MemoryPool, close = [memory.clientIds.old ?? '']) => ({
  source: memory.source,
  options: { close, replace: [], accept: [], until } as AttachRun['options'],
  undo: openUndoFile(join(folder(), `${memory.userPoolId}.json`), memory.userPoolId),
  talk: aTalk(),
});

const BUSY = { name: 'ConcurrentModificationException' };

const aPool = () => aMemoryPool([SAFE_CLIENT, OPEN_CLIENT]);

/** Ends a run before its n-th call, as losing the network does. */
const interruptBefore = (memory: MemoryPool, call: number) => {
  let calls = 0;
  memory.interrupt(() => {
    calls += 1;
    if (calls === call) throw Object.assign(new Error('lost'), { name: 'Lost' });
  });
};

const stateOf = async (memory: MemoryPool) => ({
  config: (await memory.pool()).LambdaConfig,
  flows: (await memory.client('old')).ExplicitAuthFlows,
  records: (await memory.source.records.read(memory.userPoolId)).length,
  kept: runOf(memory)
    .undo.read()
    .map(({ property, before }) => ({ property, before })),
});

const callsOf = async (): Promise<number> => {
  const memory = await aPool();
  await attachPool(runOf(memory));
  return memory.calls.length;
};

describe('a run that is ended', () => {
  it('before any of its calls is finished by the next one, with the same result', async () => {
    const calls = await callsOf();
    expect(calls).toBeGreaterThan(12);

    for (let call = 1; call <= calls; call += 1) {
      const memory = await aPool();
      interruptBefore(memory, call);
      await expect(attachPool(runOf(memory)), `call ${call}`).rejects.toThrow('lost');
      memory.interrupt(() => undefined);
      await attachPool(runOf(memory));

      expect(await stateOf(memory), `call ${call}`).toMatchObject({
        config: TRIGGERS,
        flows: SAFE_CLIENT.ExplicitAuthFlows,
        records: 1,
        kept: expect.arrayContaining([
          { property: 'ExplicitAuthFlows', before: OPEN_CLIENT.ExplicitAuthFlows },
          { property: 'LambdaConfig.DefineAuthChallenge', before: undefined },
        ]),
      });
    }
  });

  it('while it writes says where what was before is', async () => {
    const memory = await aPool();
    const run = runOf(memory);
    memory.interrupt((operation) => {
      if (operation === 'UpdateUserPoolClient') throw new Error('lost');
    });

    await expect(attachPool(run)).rejects.toThrow('lost');

    expect(run.talk.progressed.at(-1)).toContain(`what was there before is in ${run.undo.path}`);
  });

  it('before it writes says nothing of that', async () => {
    const memory = await aPool();
    const run = runOf(memory);
    interruptBefore(memory, 3);

    await expect(attachPool(run)).rejects.toThrow('lost');

    expect(run.talk.progressed.join()).not.toContain('what was there before');
  });
});

describe('somebody else who changes the pool', () => {
  it('while the question waits is not overwritten, and the change is named', async () => {
    const memory = await aPool();
    const run = runOf(memory);
    const talk = {
      ...run.talk,
      agreesTo: async () => {
        await memory.cognito.call('UpdateUserPool', {
          UserPoolId: memory.userPoolId,
          MfaConfiguration: 'OFF',
          DeletionProtection: 'INACTIVE',
        });
        return true;
      },
    };

    const failed = attachPool({ ...run, talk });

    await expect(failed).rejects.toMatchObject({ exit: EXIT.refused });
    await expect(failed).rejects.toThrow(
      /Somebody else is changing the pool[\s\S]*DeletionProtection of the pool is/,
    );
    await expect(failed).rejects.toThrow('Nothing was changed. Run');
    expect(await memory.source.records.read(memory.userPoolId)).toEqual([]);
    expect((await memory.pool()).LambdaConfig ?? {}).toEqual({});
  });

  it('at the moment of writing leaves on record that a client was open, which is said', async () => {
    const memory = await aPool();
    memory.interrupt((operation) => {
      if (operation === 'UpdateUserPool') throw Object.assign(new Error(), BUSY);
    });

    await expect(attachPool(runOf(memory))).rejects.toMatchObject({
      message: expect.stringContaining(
        `Nothing was changed of the pool; that old (${memory.clientIds.old}) was open is on record, with its date.`,
      ),
      exit: EXIT.refused,
    });
  });

  it('after the last write is found, and the difference is named', async () => {
    const memory = await aPool();
    let isWritten = false;
    memory.interrupt(async (operation) => {
      if (operation === 'UpdateUserPoolClient') isWritten = true;
      if (!isWritten || operation !== 'DescribeUserPool') return;
      isWritten = false;
      await memory.cognito.call('UpdateUserPool', { UserPoolId: memory.userPoolId });
    });

    const failed = attachPool(runOf(memory));

    await expect(failed).rejects.toMatchObject({ exit: EXIT.failed });
    await expect(failed).rejects.toThrow('LambdaConfig.DefineAuthChallenge of the pool is absent, not');
  });

  it('and does the rest of it at a client leaves nothing unsaid of what was written before', async () => {
    const memory = await aPool();
    let isWritten = false;
    memory.interrupt(async (operation) => {
      isWritten ||= operation === 'UpdateUserPool';
      if (!isWritten || operation !== 'DescribeUserPoolClient') return;
      memory.interrupt(() => undefined);
      await memory.cognito.call('UpdateUserPoolClient', {
        ...{ UserPoolId: memory.userPoolId, ClientId: memory.clientIds.old },
        ...{ ...SAFE_CLIENT, ClientName: 'old' },
      });
    });
    const run = runOf(memory);

    await attachPool(run);

    expect(run.talk.said.at(-1)).toMatch(/^\nAttached\. \d properties were written/);
  });

  it('with the same command at the same time does not matter', async () => {
    const memory = await aPool();

    const ends = await Promise.allSettled([attachPool(runOf(memory)), attachPool(runOf(memory))]);
    for (const end of ends)
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ name: 'CommandError' });
    await attachPool(runOf(memory));

    expect(await stateOf(memory)).toMatchObject({ config: TRIGGERS, flows: SAFE_CLIENT.ExplicitAuthFlows });
    expect((await stateOf(memory)).kept).toContainEqual({
      property: 'ExplicitAuthFlows',
      before: OPEN_CLIENT.ExplicitAuthFlows,
    });
  });
});

describe('the plan', () => {
  it('shows what would change, as text and as a document, and writes nothing', async () => {
    const memory = await aPool();
    const run = runOf(memory);

    await showPlan(run);

    expect(run.talk.said.join()).toContain('old (');
    expect(run.talk.documents).toMatchObject([
      { userPoolId: memory.userPoolId, plan: { refusals: [], tainted: [memory.clientIds.old] } },
    ]);
    expect(memory.calls.filter((call) => call.startsWith('Update'))).toEqual([]);
    expect(run.undo.read()).toEqual([]);
    expect(await memory.source.records.read(memory.userPoolId)).toEqual([]);
  });

  it('that would be refused says so by its exit code', async () => {
    const memory = await aPool();

    await expect(showPlan(runOf(memory, []))).rejects.toMatchObject({ exit: EXIT.refused });
  });

  it('says which clients were found open before, and that nobody knows of the permissions of a pool without a name', async () => {
    const memory = await aPool();
    await attachPool(runOf(memory));
    const source = memory.with({ namesPool: false, attachedBy: 'deployment' });
    const run = { ...runOf(memory, []), source };
    run.options = { ...run.options, until: undefined };

    await showPlan(run);

    expect(run.talk.said.join()).toContain(
      'Its refresh tokens are refused from 2025-03-01T00:00:00.000Z on.',
    );
    expect(run.talk.said.join()).toContain('the output Permissions has the commands');
    expect(run.talk.said.join()).toContain('What is closed here stays closed then; detach opens it again.');
    // The undo file is of the time before the stack set the triggers.
    expect(run.talk.said.join()).toContain("Deploy it with attachBy: 'command'");
  });

  it('leaves what is to be changed to a stack that makes the pool', async () => {
    const memory = await aPool();
    const run = { ...runOf(memory), source: memory.with({ attachedBy: 'template' }) };

    await expect(attachPool(run)).rejects.toMatchObject({ exit: EXIT.refused });
    expect(run.talk.said.join()).toContain('Change the pool and its clients there, and deploy it.');
  });
});
