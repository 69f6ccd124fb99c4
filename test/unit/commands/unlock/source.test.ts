import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openUnlockSource } from '../../../../commands/unlock/source.ts';
import { parseUserLimits, toWrittenLimits } from '../../../../shared/messages/stack/user-limits.ts';
import { type AwsStandIn, environmentFor, startAwsStandIn } from '../../../support/system/aws-stand-in.ts';
import { DEFAULT_LIMITS, NOW, USER_ID } from '../../../support/table/challenges.ts';

const ROLE_ARN = 'arn:aws:iam::111122223333:role/UnlockRole';
const USER_LIMITS = JSON.stringify(toWrittenLimits(DEFAULT_LIMITS));

const open = () => openUnlockSource({ kind: 'stack', name: 'EmailOtp', region: 'eu-west-1', otp: undefined });

let aws: AwsStandIn;
beforeEach(async () => {
  aws = await startAwsStandIn({
    Item: { version: { N: '7' } },
    UserAttributes: [{ Name: 'sub', Value: USER_ID }],
  });
  aws.outputs = {
    UserPoolId: 'eu-west-1_a',
    TableName: 'otp-table',
    GuardLimits: USER_LIMITS,
    UnlockRoleArn: ROLE_ARN,
  };
  for (const [name, value] of Object.entries(environmentFor(aws))) vi.stubEnv(name, value);
});
afterEach(() => {
  aws[Symbol.dispose]();
  vi.unstubAllEnvs();
});

it('reaches the table in the role for unlocking, whose session is named after the command', async () => {
  using source = await open();

  expect(await source.users.readUserRecord(USER_ID)).toMatchObject({ version: 7 });

  const [assumed, read, ...others] = aws.received;
  const asked = new URLSearchParams(assumed?.body);
  expect(others).toEqual([]);
  expect([asked.get('RoleArn'), asked.get('RoleSessionName')]).toEqual([ROLE_ARN, 'unlock']);
  expect(assumed?.accessKey).toBe('AKIAADMINISTRATOR');
  expect(JSON.parse(read?.body ?? '')).toMatchObject({ TableName: 'otp-table' });
  expect(read?.accessKey).toBe('ASIAROLE');
});

it('judges the user by the service’s limits and time', async () => {
  using source = await open();

  expect(source.limits).toEqual(parseUserLimits(USER_LIMITS));
  expect(source.now).toBe(NOW);
});

it('looks the user up with the credentials of the environment, which the role for unlocking may not do', async () => {
  using source = await open();

  expect(await source.findUser('alice@example.com')).toBe(USER_ID);

  const [asked, ...others] = aws.received;
  expect(others).toEqual([]);
  expect(JSON.parse(asked?.body ?? '')).toEqual({ UserPoolId: 'eu-west-1_a', Username: 'alice@example.com' });
  expect(asked?.accessKey).toBe('AKIAADMINISTRATOR');
});
