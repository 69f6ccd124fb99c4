import 'aws-sdk-client-mock-vitest/extend';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { NotRunningError } from '../../../../commands/common/connect.ts';
import { UsageError } from '../../../../commands/sign-in/options.ts';
import { openUnlockSource } from '../../../../commands/unlock/source.ts';
import { parseGuardLimits, writeGuardLimits } from '../../../../shared/messages/guard-limits.ts';
import { DEFAULT_LIMITS, NOW, USER_ID } from '../../../support/table/challenges.ts';

const ROLE_ARN = 'arn:aws:iam::111122223333:role/UnlockRole';
const OUTPUTS = {
  TableName: 'otp-table',
  GuardLimits: writeGuardLimits(DEFAULT_LIMITS),
  UnlockRoleArn: ROLE_ARN,
};

const ASSUMED = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
  <AccessKeyId>ASIAUNLOCK</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
  <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

interface Received {
  readonly body: string;
  readonly accessKey: string | undefined;
}

/** STS, DynamoDB and the local system's clock on one port. */
const received: Received[] = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const [, accessKey] = /Credential=(\w+)\//.exec(request.headers.authorization ?? '') ?? [];
  received.push({ body, accessKey });
  if (body.includes('Action=AssumeRole')) return response.end(ASSUMED);
  if (request.url === '/_local/clock.json') return response.end(JSON.stringify({ now: NOW + 1 }));
  return response.end(JSON.stringify({ Item: { version: { N: '7' } } }));
});
let endpoint: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  received.length = 0;
});

describe('a deployed stack', () => {
  const cloudFormation = mockClient(CloudFormationClient);
  afterAll(() => cloudFormation.restore());
  const open = () => openUnlockSource({ kind: 'stack', name: 'EmailOtp', region: 'eu-west-1' }, '/');

  const describedAs = (outputs: Readonly<Record<string, string>>) =>
    cloudFormation.on(DescribeStacksCommand).resolves({
      Stacks: [
        {
          StackName: 'EmailOtp',
          CreationTime: new Date(NOW),
          StackStatus: 'CREATE_COMPLETE',
          Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
        },
      ],
    });

  beforeEach(() => {
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAADMINISTRATOR');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    describedAs(OUTPUTS);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    cloudFormation.reset();
  });

  it('is reached in the role for unlocking, whose session is named after the command', async () => {
    using source = await open();

    expect(await source.guards.readGuard(USER_ID)).toMatchObject({ version: 7 });

    const [assumed, read, ...others] = received;
    const asked = new URLSearchParams(assumed?.body);
    expect(others).toEqual([]);
    expect([asked.get('RoleArn'), asked.get('RoleSessionName')]).toEqual([ROLE_ARN, 'unlock']);
    expect(assumed?.accessKey).toBe('AKIAADMINISTRATOR');
    expect(JSON.parse(read?.body ?? '')).toMatchObject({ TableName: 'otp-table' });
    expect(read?.accessKey).toBe('ASIAUNLOCK');
  });

  it('says its limits and is as late as this machine', async () => {
    using source = await open();

    expect(source.limits).toEqual(parseGuardLimits(writeGuardLimits(DEFAULT_LIMITS)));
    expect(Math.abs(source.now - Date.now())).toBeLessThan(5_000);
  });

  it('without the role is older than the command', async () => {
    const { UnlockRoleArn: _, ...older } = OUTPUTS;
    describedAs(older);

    await expect(open()).rejects.toThrow(UsageError);
    await expect(open()).rejects.toThrow('UnlockRoleArn');
  });
});

describe('the local system', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unlock-source-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const writeOutputs = (more: object) =>
    writeFileSync(join(folder, 'outputs.json'), JSON.stringify({ endpoint, region: 'us-east-1', ...more }));
  const open = () => openUnlockSource({ kind: 'local', folder }, '/');

  it('is reached as it is, at its own time', async () => {
    writeOutputs({ tableName: 'local-table', guardLimits: OUTPUTS.GuardLimits });

    using source = await open();
    await source.guards.readGuard(USER_ID);

    expect(source.now).toBe(NOW + 1);
    expect(source.limits).toEqual(parseGuardLimits(writeGuardLimits(DEFAULT_LIMITS)));
    expect(received.at(-1)).toMatchObject({
      accessKey: 'local',
      body: expect.stringContaining('"TableName":"local-table"'),
    });
  });

  it('that was started by an older version has to be started again', async () => {
    writeOutputs({ tableName: 'local-table' });

    await expect(open()).rejects.toThrow(NotRunningError);
  });
});
