import { describe, expect, it } from 'vitest';
import { type PoolOutputs, readDeployment } from '../../../../commands/pool/deployment.ts';
import { EXIT } from '../../../../shared/command/failure.ts';
import { TRIGGERS } from '../../../support/pools/pool-source.ts';

const POOL_ID = 'eu-central-1_Abc';

const OUTPUTS: PoolOutputs = {
  TableName: 'table',
  GuardLimits: '{}',
  LambdaConfig: JSON.stringify(TRIGGERS),
  UserPoolId: POOL_ID,
};

const read = (more: Partial<PoolOutputs> = {}, poolId?: string) =>
  readDeployment({ ...OUTPUTS, ...more }, poolId);

describe('a deployment', () => {
  it('says all that the commands need to know', () => {
    const outputs = {
      PreTokenEventVersion: 'V2_0',
      ReportingClients: '{"1abc":{"until":"2025-03-01"}}',
      CodeLifetimeSeconds: '600',
      AcceptedDoors: '["recovery","1abc:email"]',
      AttachedBy: 'deployment',
    };

    expect(read(outputs)).toEqual({
      userPoolId: POOL_ID,
      region: 'eu-central-1',
      triggers: TRIGGERS,
      eventVersion: 'V2_0',
      reporting: { '1abc': { until: '2025-03-01T00:00:00.000Z' } },
      codeSeconds: 600,
      accepted: ['recovery', '1abc:email'],
      knowsTaints: true,
      attachedBy: 'deployment',
      namesPool: true,
    });
  });

  it('of an older release has the values of its time, and cannot tell the tokens of open clients from others', () => {
    expect(read()).toMatchObject({
      eventVersion: 'V1_0',
      reporting: {},
      codeSeconds: 300,
      accepted: [],
      knowsTaints: false,
      attachedBy: 'command',
    });
  });

  it('that does not name the pool needs it to be named, and is known not to have named it', () => {
    const { UserPoolId: _, ...outputs } = OUTPUTS;

    expect(readDeployment(outputs, POOL_ID)).toMatchObject({ userPoolId: POOL_ID, namesPool: false });
    expect(() => readDeployment(outputs, undefined)).toThrow('so --pool-id has to');
  });

  it('is for the pool that it names, and for no other', () => {
    expect(read({}, POOL_ID).userPoolId).toBe(POOL_ID);
    expect(() => read({}, 'eu-central-1_Other')).toThrow(
      `The stack is for the user pool ${POOL_ID}, so --pool-id cannot be eu-central-1_Other`,
    );
  });

  it('of a stack that makes its pool itself has nothing to attach', () => {
    const { LambdaConfig: _, ...outputs } = OUTPUTS;

    expect(() => readDeployment(outputs, POOL_ID)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('it makes its user pool itself'),
        exit: EXIT.usage,
      }),
    );
  });

  it('in several regions, or in another one than the pool, is refused, because Cognito would not call its functions', () => {
    const PreTokenGeneration = TRIGGERS.PreTokenGeneration.replace('eu-central-1', 'us-east-1');

    expect(() => read({ LambdaConfig: JSON.stringify({ ...TRIGGERS, PreTokenGeneration }) })).toThrow(
      'the functions of the stack are in eu-central-1 and us-east-1',
    );
    expect(() => read({ UserPoolId: 'us-east-1_Abc' })).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(
          'is in us-east-1, but the functions of the stack are in eu-central-1',
        ),
        exit: EXIT.usage,
      }),
    );
  });
});

it.each<[keyof PoolOutputs, string]>([
  ['LambdaConfig', 'not JSON'],
  ['LambdaConfig', '{}'],
  ['LambdaConfig', JSON.stringify({ ...TRIGGERS, PreTokenGeneration: 'arn:aws:s3:::bucket' })],
  ['PreTokenEventVersion', 'V9_0'],
  ['ReportingClients', '{"1abc":{}}'],
  ['ReportingClients', '{"1abc":{"until":"soon"}}'],
  ['CodeLifetimeSeconds', 'long'],
  ['AcceptedDoors', '{}'],
  ['AcceptedDoors', '[1]'],
])('does not go on with an output %s that it does not understand: %s', (name, text) => {
  expect(() => read({ [name]: text })).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(`The output ${name} of the stack`),
      exit: EXIT.failed,
    }),
  );
});
