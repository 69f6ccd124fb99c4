import 'aws-sdk-client-mock-vitest/extend';
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openAuditSource } from '../../../../commands/audit/source.ts';
import { parseUserLimits, toWrittenLimits } from '../../../../shared/messages/stack/user-limits.ts';
import { type AwsStandIn, environmentFor, startAwsStandIn } from '../../../support/system/aws-stand-in.ts';
import { DEFAULT_LIMITS, NOW, USER_ID } from '../../../support/table/challenges.ts';
import { allOf } from '../../../support/table/trail-table.ts';

const cognito = mockClient(CognitoIdentityProviderClient);
const dynamo = mockClient(DynamoDBClient);
afterAll(() => {
  for (const mock of [cognito, dynamo]) mock.restore();
});
const POOL = 'eu-west-1_AbCdEfGhI';
const USER_LIMITS = JSON.stringify(toWrittenLimits(DEFAULT_LIMITS));

const open = () => openAuditSource({ kind: 'stack', name: 'EmailOtp', region: 'eu-west-1', otp: undefined });

let aws: AwsStandIn;
beforeEach(async () => {
  aws = await startAwsStandIn();
  aws.outputs = { UserPoolId: POOL, TableName: 'otp-table', GuardLimits: USER_LIMITS };
  for (const [name, value] of Object.entries(environmentFor(aws))) vi.stubEnv(name, value);
  cognito
    .on(AdminGetUserCommand)
    .resolves({ Username: 'x', UserAttributes: [{ Name: 'sub', Value: USER_ID }] });
  dynamo.on(QueryCommand).resolves({ Items: [] });
});
afterEach(() => {
  aws[Symbol.dispose]();
  vi.unstubAllEnvs();
  for (const mock of [cognito, dynamo]) mock.reset();
});

it('reads the table and the pool that the outputs name, by the service’s limits and time', async () => {
  using source = await open();
  await allOf(source.trail.ofUser({ userId: USER_ID }));

  expect(await source.findUser('alice@example.com')).toBe(USER_ID);
  expect(cognito).toHaveReceivedCommandWith(AdminGetUserCommand, {
    UserPoolId: POOL,
    Username: 'alice@example.com',
  });
  expect(dynamo).toHaveReceivedCommandWith(QueryCommand, { TableName: 'otp-table' });
  expect(source.limits).toEqual(parseUserLimits(USER_LIMITS));
  expect(source.now).toBe(NOW);
});

it('finds no sub where the pool lacks the user', async () => {
  cognito
    .on(AdminGetUserCommand)
    .rejects(new UserNotFoundException({ message: 'User does not exist.', $metadata: {} }));

  using source = await open();

  expect(await source.findUser('nobody@example.com')).toBeUndefined();
});

it('says in AWS’s words that the pool does not let us look for the user', async () => {
  const denied = Object.assign(new Error('User is not authorized'), { name: 'AccessDeniedException' });
  cognito.on(AdminGetUserCommand).rejects(denied);

  using source = await open();

  await expect(source.findUser('alice@example.com')).rejects.toBe(denied);
});
