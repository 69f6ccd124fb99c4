import {
  DeleteParameterCommand,
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createUndoParameter,
  type Kept,
  UNATTACHED,
} from '../../../../services/attach-pool/undo-parameter.ts';
import { TRIGGERS } from '../../../support/pools/pools.ts';

const ssm = mockClient(SSMClient);
const undo = createUndoParameter(new SSMClient({}), '/email-otp/Shop');

afterAll(() => ssm.restore());
beforeEach(() => ssm.reset());

const KEPT: Kept = {
  changes: [
    { at: 'pool', property: 'LambdaConfig.DefineAuthChallenge', after: TRIGGERS.DefineAuthChallenge },
    { at: 'pool', property: 'DeviceConfiguration', before: {}, earlier: ['x'] },
  ],
  done: ['newest', 'older'],
};

const stored = (value: unknown) =>
  ssm.on(GetParameterCommand).resolves({ Parameter: { Value: JSON.stringify(value) } });
const written = () => ssm.commandCalls(PutParameterCommand).map(({ args }) => args[0].input);

describe('what undoes the attaching', () => {
  it('is read as it was written', async () => {
    stored({ other: { changes: [], done: [] } });
    await undo.write('pool', KEPT);
    const [{ Value = '' } = {}] = written();
    ssm.on(GetParameterCommand).resolves({ Parameter: { Value } });

    expect(await undo.read('pool')).toEqual(KEPT);
    expect(await undo.read('other')).toEqual({ changes: [], done: [] });
  });

  it('says of a pool that attaching has begun and nothing was written to it', async () => {
    stored({ pool: UNATTACHED });

    expect(await undo.read('pool')).toEqual({ changes: [], done: [], unattached: true });
  });

  it('takes the place of what was kept of the same pool, and grows with its size', async () => {
    stored({ pool: KEPT });
    await undo.write('pool', { changes: [], done: [] });

    expect(written()).toEqual([
      {
        Name: '/email-otp/Shop',
        Value: '{"pool":{"changes":[],"done":[]}}',
        Type: 'String',
        Overwrite: true,
        Tier: 'Intelligent-Tiering',
      },
    ]);
  });

  it('is nothing before the first time', async () => {
    ssm.on(GetParameterCommand).rejects(new ParameterNotFound({ message: '', $metadata: {} }));

    expect(await undo.read('pool')).toEqual({ changes: [], done: [] });
    await undo.forget('pool');
    expect(ssm.calls()).toHaveLength(2);
  });

  it('of one pool is forgotten without that of another', async () => {
    stored({ pool: KEPT, other: KEPT });
    await undo.forget('pool');

    expect(written().map(({ Value }) => Value)).toEqual([JSON.stringify({ other: KEPT })]);
    expect(ssm.commandCalls(DeleteParameterCommand)).toEqual([]);
  });

  it('leaves no parameter behind', async () => {
    stored({ pool: KEPT });
    await undo.forget('pool');

    expect(written()).toEqual([]);
    expect(ssm.commandCalls(DeleteParameterCommand).map(({ args }) => args[0].input)).toEqual([
      { Name: '/email-otp/Shop' },
    ]);
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['no list of changes', '{"pool":{"done":[]}}'],
    [
      'a change of something that is never attached',
      '{"pool":{"changes":[{"at":"pool","property":"Name"}]}}',
    ],
  ])('is not taken for nothing if somebody else wrote it: %s', async (_, Value) => {
    ssm.on(GetParameterCommand).resolves({ Parameter: { Value } });

    await expect(undo.read('pool')).rejects.toMatchObject({ name: 'UndoUnreadable' });
    await expect(undo.write('pool', KEPT)).rejects.toMatchObject({ name: 'UndoUnreadable' });
    expect(written()).toEqual([]);
  });

  it('is not taken for nothing if it must not be read', async () => {
    ssm.on(GetParameterCommand).rejects(Object.assign(new Error(), { name: 'AccessDeniedException' }));

    await expect(undo.read('pool')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
