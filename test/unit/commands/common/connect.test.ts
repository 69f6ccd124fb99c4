import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../../../../commands/common/connect.ts';
import { EXIT } from '../../../../shared/command/failure.ts';
import { writeLocalOutputs } from '../../../../shared/messages/stack/outputs.ts';
import {
  type AwsStandIn,
  environmentFor,
  LOCAL_NOW,
  startAwsStandIn,
} from '../../../support/system/aws-stand-in.ts';
import { NOW } from '../../../support/table/challenges.ts';

const ROLE = { output: 'UnlockRoleArn', session: 'unlock' } as const;

let aws: AwsStandIn;
beforeEach(async () => {
  aws = await startAwsStandIn();
  return () => aws[Symbol.dispose]();
});

describe('a deployed stack', () => {
  const open = (role?: typeof ROLE, otp?: string) =>
    connect(
      { kind: 'stack', name: 'EmailOtp', region: 'eu-west-1', otp },
      ['TableName', 'GuardLimits'],
      role,
    );

  beforeEach(() => {
    aws.outputs = { TableName: 'otp-table', GuardLimits: '{}', UnlockRoleArn: 'arn:role', Other: 'x' };
    for (const [name, value] of Object.entries(environmentFor(aws))) vi.stubEnv(name, value);
  });
  afterEach(() => void vi.unstubAllEnvs());

  it('says what it is called, and is reached with the credentials of the environment', async () => {
    const { outputs, settings, ownSettings } = await open();

    expect(outputs).toEqual({ TableName: 'otp-table', GuardLimits: '{}' });
    expect(settings).toEqual({ region: 'eu-west-1' });
    expect(ownSettings).toEqual(settings);
  });

  it('is reached in a role where the command has one', async () => {
    const { settings, ownSettings } = await open(ROLE);

    expect(settings).toEqual({ region: 'eu-west-1', credentials: expect.any(Function) });
    expect(ownSettings).toEqual({ region: 'eu-west-1' });
    expect(aws.received).toEqual([]);
  });

  it('may lack what is optional, and then has no role that is', async () => {
    const openWith = (output: 'UnlockRoleArn' | 'AttachRoleArn') =>
      connect(
        { kind: 'stack', name: 'EmailOtp', region: 'eu-west-1', otp: undefined },
        ['TableName'],
        { output, session: 'attach' },
        ['AttachRoleArn', 'UnlockRoleArn', 'UserPoolId'],
      );

    const { outputs, settings } = await openWith('UnlockRoleArn');
    expect(outputs).toEqual({ TableName: 'otp-table', UnlockRoleArn: 'arn:role' });
    expect(settings).toMatchObject({ credentials: expect.any(Function) });
    expect((await openWith('AttachRoleArn')).settings).toEqual({ region: 'eu-west-1' });
  });

  it('has one of several where it is asked for', async () => {
    const ofAdmin = { AdminOtpTableName: 'admin-table', AdminOtpGuardLimits: '{}' };
    aws.outputs = { ...aws.outputs, ...ofAdmin };

    expect((await open(undefined, 'AdminOtp')).outputs).toEqual({
      TableName: 'admin-table',
      GuardLimits: '{}',
    });
    await expect(open()).rejects.toThrow('has several: Default, AdminOtp');
    // Only one of the two has what this command needs.
    expect((await open(ROLE)).outputs.TableName).toBe('otp-table');
  });

  it('has the time that AWS says, however wrong this machine’s clock is', async () => {
    expect((await open()).now).toBe(NOW);
  });

  it('has no time that AWS has not said', async () => {
    aws.saysTime = false;

    await expect(open()).rejects.toMatchObject({
      message: expect.stringContaining('AWS did not say what time it is'),
      exit: EXIT.failed,
    });
  });

  it('that is not there, or is not one of this service, is a wrong option', async () => {
    aws.stack = 'missing';
    await expect(open()).rejects.toMatchObject({
      message: expect.stringContaining('There is no stack "EmailOtp" in eu-west-1'),
      exit: EXIT.usage,
    });

    aws.stack = 'there';
    aws.outputs = { BucketName: 'somebody-elses' };
    await expect(open()).rejects.toMatchObject({
      message: expect.stringContaining('it lacks one of the outputs TableName and GuardLimits'),
      exit: EXIT.usage,
    });
  });

  it('without the role is older than the command', async () => {
    aws.outputs = { TableName: 'otp-table', GuardLimits: '{}' };

    await expect(open(ROLE)).rejects.toMatchObject({
      message: expect.stringMatching(/older than this command.*UnlockRoleArn/),
      exit: EXIT.usage,
    });
  });

  it('that AWS does not let us see is reported in AWS’s words', async () => {
    aws.stack = 'denied';

    await expect(open()).rejects.toMatchObject({ name: 'AccessDenied', message: 'User is not authorized' });
  });
});

describe('the local system', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'connect-'));
    return () => rmSync(folder, { recursive: true });
  });
  const open = () => connect({ kind: 'local', folder }, ['TableName'], ROLE);
  const start = (more: object) =>
    writeLocalOutputs(folder, {
      ...{ endpoint: aws.endpoint, region: 'us-east-1', inbox: 'http://127.0.0.1/inbox' },
      ...more,
    });

  it('is reached as it is, without a role, and at its own time', async () => {
    start({ TableName: 'local-table', UserPoolId: 'not asked for' });

    const settings = {
      endpoint: aws.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    };
    expect(await open()).toEqual({
      outputs: { TableName: 'local-table' },
      settings,
      ownSettings: settings,
      now: LOCAL_NOW,
      endpoint: aws.endpoint,
      inbox: 'http://127.0.0.1/inbox',
    });
  });

  it('that runs several is asked which one is meant', async () => {
    start({ ShopOtpTableName: 'shop', StaffOtpTableName: 'staff', pools: [] });
    const connectTo = (otp?: string) => connect({ kind: 'local', folder, otp }, ['TableName'], ROLE);

    expect((await connectTo('StaffOtp')).outputs).toEqual({ TableName: 'staff' });
    await expect(connectTo()).rejects.toMatchObject({
      message: 'The local system has several: ShopOtp, StaffOtp. Choose one, for instance --otp ShopOtp',
    });
  });

  it('that runs several takes the path and the own name of a construct for its id', async () => {
    const pool = { userPoolId: 'pool', userPoolEndpoint: 'http://127.0.0.1', clients: [] };
    start({
      ShopOtpTableName: 'shop',
      OneKundenMnze5060TableName: 'customers',
      pools: [{ ...pool, otp: 'OneKundenMnze5060', path: 'Shop/One/Kunden.Münze' }],
    });
    const tableOf = async (otp: string) =>
      (await connect({ kind: 'local', folder, otp }, ['TableName'], ROLE)).outputs.TableName;

    expect(await tableOf('Shop/One/Kunden.Münze')).toBe('customers');
    expect(await tableOf('Kunden.Münze')).toBe('customers');
    await expect(tableOf('Münze')).rejects.toThrow('has no "Münze"; --otp takes');
  });

  it('that has ended, or whose port has gone to another program, is to be started', async () => {
    start({ TableName: 'local-table' });
    const toBeStarted = {
      message: expect.stringMatching(/does not answer at http.*npm start/),
      exit: EXIT.failed,
    };

    aws.clock = '<html>';
    await expect(open()).rejects.toMatchObject(toBeStarted);

    aws[Symbol.dispose]();
    await expect(open()).rejects.toMatchObject(toBeStarted);
  });

  it('that never ran is to be started', async () => {
    await expect(open()).rejects.toMatchObject({
      message: expect.stringMatching(/no local system in .* yet\. Start it .* npm start/),
      exit: EXIT.failed,
    });
  });

  it('that was started by an older version has to be started again', async () => {
    start({});

    await expect(open()).rejects.toMatchObject({
      message: expect.stringContaining('older than this command'),
      exit: EXIT.failed,
    });
  });
});
