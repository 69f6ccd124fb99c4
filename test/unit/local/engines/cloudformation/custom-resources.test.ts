import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { functionsToTakeBack } from '../../../../../local/engines/cloudformation/deployed.ts';
import type { JsonObject } from '../../../../../local/ground/service.ts';
import { openState, type State } from '../../../../../local/ground/state.ts';
import {
  aDeployment,
  agrees,
  aTemplate,
  type Behaviour,
  FUNCTION_ARN,
  refuses,
  TYPE,
} from './a-deployment.ts';

let folder: string;
let state: State;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'custom-'));
  state = openState(folder);
});
afterEach(() => state.close());

/** A start with a template in which `Thing` has these properties; what its function is told, and what comes of it. */
const start = async (properties: JsonObject, behave?: Behaviour) => {
  const { resources, told } = aDeployment({ state, folder }, aTemplate({ Thing: properties }), behave);
  const [resource] = resources.wanted;
  const change = await resources
    .deploy(resource ?? expect.unreachable())
    .catch((error: Error) => error.message);
  return { change, told };
};

const POOL = { UserPoolId: 'us-east-1_A' };
const OTHER = { UserPoolId: 'us-east-1_B' };
const AS_TOLD = { ServiceToken: FUNCTION_ARN, ...POOL };

describe('a custom resource', () => {
  it('that is new is created, with its properties as texts', async () => {
    const { change, told } = await start({ ...POOL, Seconds: 300, Accept: [true], Deep: { n: 1 } });

    expect(change).toEqual({ kind: 'made' });
    expect(told).toEqual([
      {
        RequestType: 'Create',
        ResponseURL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:4566\//),
        StackId: expect.stringMatching(/^arn:aws:cloudformation:us-east-1:000000000000:stack\//),
        RequestId: expect.any(String),
        LogicalResourceId: 'Thing',
        ResourceType: TYPE,
        ServiceToken: FUNCTION_ARN,
        ResourceProperties: { ...AS_TOLD, Seconds: '300', Accept: ['true'], Deep: { n: '1' } },
      },
    ]);
  });

  it('that is as it was is not called', async () => {
    await start(POOL);

    expect(await start(POOL)).toEqual({ change: { kind: 'same' }, told: [] });
  });

  it('that has changed is updated', async () => {
    await start(POOL);

    expect(await start({ ...POOL, Seconds: '60' })).toMatchObject({
      change: { kind: 'updated' },
      told: [
        {
          RequestType: 'Update',
          PhysicalResourceId: POOL.UserPoolId,
          ResourceProperties: { Seconds: '60' },
          OldResourceProperties: AS_TOLD,
        },
      ],
    });
    expect(await start({ ...POOL, Seconds: '60' })).toMatchObject({ told: [] });
  });

  it('that has become another one is deleted as what it was', async () => {
    await start(POOL);

    const { told } = await start(OTHER);

    expect(told).toMatchObject([
      { RequestType: 'Update', PhysicalResourceId: POOL.UserPoolId, ResourceProperties: OTHER },
      { RequestType: 'Delete', PhysicalResourceId: POOL.UserPoolId, ResourceProperties: POOL },
    ]);
  });
});

describe('a function that refuses', () => {
  it('to create is told to delete what there may be of it, and to create again at the next start', async () => {
    const { change, told } = await start(POOL, refuses('MFA is ON'));

    expect(change).toBe('MFA is ON');
    expect(told).toMatchObject([
      { RequestType: 'Create' },
      { RequestType: 'Delete', PhysicalResourceId: POOL.UserPoolId },
    ]);
    expect((await start(POOL)).told).toMatchObject([{ RequestType: 'Create' }]);
  });

  it('to update is told to go back, and to update again at the next start', async () => {
    await start(POOL);

    const { change, told } = await start({ ...POOL, Seconds: '60' }, refuses('somebody writes'));

    expect(change).toBe('somebody writes');
    expect(told).toMatchObject([
      { ResourceProperties: { Seconds: '60' }, OldResourceProperties: AS_TOLD },
      { RequestType: 'Update', ResourceProperties: AS_TOLD, OldResourceProperties: { Seconds: '60' } },
    ]);
    expect((await start({ ...POOL, Seconds: '60' })).told).toMatchObject([{ RequestType: 'Update' }]);
  });
});

test.each([
  ['does not answer', POOL, () => undefined, 'It broke'],
  ['is not there', { ...POOL, ServiceToken: 'arn:none' }, agrees, 'No arn:none'],
] as const)('a function that %s has failed', async (_, properties, behave, reason) => {
  expect((await start(properties, behave)).change).toBe(reason);
});

describe('a resource that has left the app', () => {
  const leave = (behave?: Behaviour) => aDeployment({ state, folder }, aTemplate({}, false), behave);

  it('is deleted by the function that it had, whose code is kept until then', async () => {
    await start(POOL);
    const [fn] = functionsToTakeBack(state, aTemplate({}, false));
    const { resources, told } = leave();
    const [left] = resources.left();

    expect(fn).toMatchObject({ arn: FUNCTION_ARN, name: 'Attach', handler: 'index.handler' });
    expect(existsSync(join(fn?.codeFolder ?? '', 'index.mjs'))).toBe(true);
    expect(await resources.remove(left ?? expect.unreachable())).toEqual({ kind: 'gone' });
    expect(told).toMatchObject([{ RequestType: 'Delete', PhysicalResourceId: POOL.UserPoolId }]);
    expect(leave().resources.left()).toEqual([]);
    expect(existsSync(fn?.codeFolder ?? folder)).toBe(false);
  });

  it('that could not be deleted is deleted at the next start', async () => {
    await start(POOL);
    const { resources } = leave(refuses('Cognito is away'));

    const change = await resources.remove(resources.left()[0] ?? expect.unreachable());

    expect(change).toEqual({ kind: 'gone', reason: 'Cognito is away' });
    expect(leave().resources.left()).toHaveLength(1);
  });

  it('has no function to keep while the app has it', async () => {
    await start(POOL);

    expect(functionsToTakeBack(state, aTemplate({ Thing: POOL }))).toEqual([]);
  });
});
