import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openPoolSource } from '../../../../commands/pool/source.ts';
import { TRIGGERS } from '../../../support/pools/pool-source.ts';
import { type AwsStandIn, environmentFor, startAwsStandIn } from '../../../support/system/aws-stand-in.ts';
import { NOW } from '../../../support/table/challenges.ts';

const ROLE_ARN = 'arn:aws:iam::111122223333:role/AttachRole';
const POOL_ID = 'eu-central-1_Abc';

const open = () =>
  openPoolSource(
    { kind: 'stack', name: 'Auth', region: 'eu-central-1', otp: undefined },
    'attach',
    undefined,
  );

let aws: AwsStandIn;
beforeEach(async () => {
  aws = await startAwsStandIn({ Items: [], Count: 0, Users: [] });
  aws.outputs = {
    UserPoolId: POOL_ID,
    TableName: 'otp-table',
    GuardLimits: '{}',
    LambdaConfig: JSON.stringify(TRIGGERS).replaceAll('"', '&quot;'),
    AttachRoleArn: ROLE_ARN,
  };
  for (const [name, value] of Object.entries(environmentFor(aws))) vi.stubEnv(name, value);
});
afterEach(() => {
  aws[Symbol.dispose]();
  vi.unstubAllEnvs();
});

it('reaches the pool and the table in the role of the stack, whose session is named after the command', async () => {
  using source = await open();
  expect([source.deployment.userPoolId, source.now]).toEqual([POOL_ID, NOW]);

  await source.users.page(undefined);
  await source.records.read(POOL_ID);

  const asked = aws.received.map(({ body }) => new URLSearchParams(body));
  const [role] = asked.filter((params) => params.has('RoleArn'));
  expect([role?.get('RoleArn'), role?.get('RoleSessionName')]).toEqual([ROLE_ARN, 'attach']);
  const others = aws.received.filter(({ body }) => body.startsWith('{'));
  expect(others.map(({ accessKey }) => accessKey)).toEqual(['ASIAROLE', 'ASIAROLE']);
  expect(others.map(({ body }) => JSON.parse(body))).toMatchObject([
    { UserPoolId: POOL_ID },
    { TableName: 'otp-table' },
  ]);
});

it('says what the stack says later', async () => {
  using source = await open();
  aws.outputs = { ...aws.outputs, CodeLifetimeSeconds: '600' };

  expect(source.deployment.codeSeconds).toBe(300);
  expect(await source.again()).toMatchObject({ deployment: { codeSeconds: 600 }, now: NOW });
});

it('reaches them with the credentials of the environment where the stack has no such role', async () => {
  const { AttachRoleArn: _, ...outputs } = aws.outputs;
  aws.outputs = outputs;
  using source = await open();

  await source.users.page(undefined);

  expect(aws.received.map(({ accessKey }) => accessKey)).toEqual(['AKIAADMINISTRATOR']);
});
