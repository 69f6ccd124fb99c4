import 'aws-sdk-client-mock-vitest/extend';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAuditSource } from '../../../../commands/audit/source.ts';
import { NotRunningError } from '../../../../commands/common/connect.ts';
import { UsageError } from '../../../../commands/sign-in/options.ts';
import { parseGuardLimits, writeGuardLimits } from '../../../../shared/messages/guard-limits.ts';
import { DEFAULT_LIMITS, NOW, USER_ID } from '../../../support/table/challenges.ts';
import { allOf } from '../../../support/table/trail-table.ts';

const cloudFormation = mockClient(CloudFormationClient);
const cognito = mockClient(CognitoIdentityProviderClient);
const dynamo = mockClient(DynamoDBClient);
afterAll(() => {
  for (const mock of [cloudFormation, cognito, dynamo]) mock.restore();
});
const POOL = 'eu-west-1_AbCdEfGhI';
const GUARD_LIMITS = writeGuardLimits(DEFAULT_LIMITS);
const OUTPUTS = { UserPoolId: POOL, TableName: 'otp-table', GuardLimits: GUARD_LIMITS };

const stack = (outputs: Readonly<Record<string, string>>) => ({
  Stacks: [
    {
      StackName: 'EmailOtp',
      CreationTime: new Date(NOW),
      StackStatus: 'CREATE_COMPLETE' as const,
      Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    },
  ],
});

const openStack = () => openAuditSource({ kind: 'stack', name: 'EmailOtp', region: 'eu-west-1' }, '/');

beforeEach(() => {
  cognito
    .on(AdminGetUserCommand)
    .resolves({ Username: 'x', UserAttributes: [{ Name: 'sub', Value: USER_ID }] });
  dynamo.on(QueryCommand).resolves({ Items: [] });
});
afterEach(() => {
  for (const mock of [cloudFormation, cognito, dynamo]) mock.reset();
});

describe('a deployed stack', () => {
  it('is read from the table and the pool that its outputs name', async () => {
    cloudFormation.on(DescribeStacksCommand).resolves(stack(OUTPUTS));

    using source = await openStack();
    await allOf(source.trail.ofUser({ userId: USER_ID }));

    expect(await source.findUser('alice@example.com')).toBe(USER_ID);
    expect(cloudFormation).toHaveReceivedCommandWith(DescribeStacksCommand, { StackName: 'EmailOtp' });
    expect(cognito).toHaveReceivedCommandWith(AdminGetUserCommand, {
      UserPoolId: POOL,
      Username: 'alice@example.com',
    });
    expect(dynamo).toHaveReceivedCommandWith(QueryCommand, { TableName: 'otp-table' });
    expect(source.limits).toEqual(parseGuardLimits(writeGuardLimits(DEFAULT_LIMITS)));
    expect(Math.abs(source.now - Date.now())).toBeLessThan(5_000);
  });

  it('may lack the user', async () => {
    cloudFormation.on(DescribeStacksCommand).resolves(stack(OUTPUTS));
    cognito
      .on(AdminGetUserCommand)
      .rejects(new UserNotFoundException({ message: 'User does not exist.', $metadata: {} }));

    using source = await openStack();

    expect(await source.findUser('nobody@example.com')).toBeUndefined();
  });

  it('whose pool does not let us look for the user is told as AWS tells it', async () => {
    cloudFormation.on(DescribeStacksCommand).resolves(stack(OUTPUTS));
    const denied = Object.assign(new Error('User is not authorized'), { name: 'AccessDeniedException' });
    cognito.on(AdminGetUserCommand).rejects(denied);

    using source = await openStack();

    await expect(source.findUser('alice@example.com')).rejects.toBe(denied);
  });

  it('that is not there, or is not one of this service, is a wrong option', async () => {
    const missing = Object.assign(new Error('Stack with id EmailOtp does not exist'), {
      name: 'ValidationError',
    });
    cloudFormation.on(DescribeStacksCommand).rejects(missing);
    await expect(openStack()).rejects.toThrow('There is no stack "EmailOtp" in eu-west-1');

    cloudFormation.on(DescribeStacksCommand).resolves(stack({ BucketName: 'somebody-elses' }));
    await expect(openStack()).rejects.toThrow(UsageError);
  });

  it('that AWS does not let us see is told as AWS tells it', async () => {
    const denied = Object.assign(new Error('User is not authorized'), { name: 'AccessDenied' });
    cloudFormation.on(DescribeStacksCommand).rejects(denied);

    await expect(openStack()).rejects.toBe(denied);
  });
});

describe('the local system', () => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-source-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const open = () => openAuditSource({ kind: 'local', folder }, '/');

  const serve = async (answer: string) => {
    const server = createServer((_, response) => response.end(answer));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    writeFileSync(
      join(folder, 'outputs.json'),
      JSON.stringify({
        ...{ endpoint, region: 'us-east-1', poolId: POOL, tableName: 'local-table' },
        guardLimits: GUARD_LIMITS,
      }),
    );
    return { [Symbol.dispose]: () => void server.close() };
  };

  it('is read by its own clock', async () => {
    using _server = await serve(JSON.stringify({ now: NOW, rate: 1 }));

    using source = await open();
    await allOf(source.trail.ofUser({ userId: USER_ID }));

    expect(source.now).toBe(NOW);
    expect(dynamo).toHaveReceivedCommandWith(QueryCommand, { TableName: 'local-table' });
  });

  it('that has ended, or whose port has gone to another program, is to be started', async () => {
    const ended = await serve('');
    ended[Symbol.dispose]();
    await expect(open()).rejects.toThrow(/does not answer at http.*npm start/);

    using _other = await serve('<html>');
    await expect(open()).rejects.toThrow(NotRunningError);
  });

  it('that never ran is to be started', async () => {
    await expect(openAuditSource({ kind: 'local', folder: 'nowhere' }, folder)).rejects.toThrow('npm start');
  });
});
