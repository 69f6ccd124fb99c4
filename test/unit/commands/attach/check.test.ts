import { expect, it } from 'vitest';
import { reportDrift } from '../../../../commands/attach/check.ts';
import { EXIT } from '../../../../shared/command/failure.ts';
import {
  aMemoryPool,
  aTalk,
  OPEN_CLIENT,
  SAFE_CLIENT,
  TRIGGERS,
} from '../../../support/pools/pool-source.ts';

const anAttachedPool = (pool: object = {}, clients = [SAFE_CLIENT]) =>
  aMemoryPool(clients, { LambdaConfig: TRIGGERS, ...pool });

it('finds nothing in a pool that is as it was attached', async () => {
  const { source, userPoolId, calls } = await anAttachedPool();
  const talk = aTalk();

  await reportDrift(source, [], talk);

  expect(talk.said).toEqual([`The user pool ${userPoolId} is as it was attached.`]);
  expect(talk.documents).toEqual([{ userPoolId, findings: [] }]);
  expect(calls.filter((call) => call.startsWith('Update'))).toEqual([]);
});

it('names each thing that is not, with what mends it, and says so by its exit code', async () => {
  const { DefineAuthChallenge: _, ...others } = TRIGGERS;
  const { source, clientIds } = await anAttachedPool({ LambdaConfig: others }, [SAFE_CLIENT, OPEN_CLIENT]);
  const talk = aTalk();

  await expect(reportDrift(source, [], talk)).rejects.toMatchObject({
    message: expect.stringContaining('2 things are not as attached'),
    exit: EXIT.drift,
  });

  expect(talk.said).toEqual([
    expect.stringMatching(
      /^trigger-gone DefineAuthChallenge\n {2}Nobody can sign in.*\n {2}Run attach again\.$/,
    ),
    expect.stringContaining(`client-opened ${clientIds.old}\n`),
  ]);
  expect(talk.documents).toMatchObject([{ findings: [{ kind: 'trigger-gone' }, { at: clientIds.old }] }]);
});

it('does not name what is accepted', async () => {
  const { source } = await anAttachedPool({ DeletionProtection: 'INACTIVE' });

  await expect(reportDrift(source, [], aTalk())).rejects.toThrow('1 thing is not as attached');
  await reportDrift(source, ['deletion-protection'], aTalk());
});

it('does not name what the deployment accepts', async () => {
  const memory = await anAttachedPool({ DeletionProtection: 'INACTIVE' });

  await reportDrift(memory.with({ accepted: ['deletion-protection'] }), [], aTalk());
});

it.each(['deletion-protectoin', 'taken:PreTokenGeneration'])('does not take %s for a door', async (id) => {
  const { source } = await anAttachedPool();

  await expect(reportDrift(source, [id], aTalk())).rejects.toMatchObject({
    message: expect.stringContaining(id),
    exit: EXIT.usage,
  });
});
