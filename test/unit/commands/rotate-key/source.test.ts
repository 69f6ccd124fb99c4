import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { NotRunningError } from '../../../../commands/common/connect.ts';
import { explain } from '../../../../commands/common/rotate-key-errors.ts';
import { openKeyringSource, UnknownTimeError } from '../../../../commands/rotate-key/source.ts';
import { UsageError } from '../../../../commands/sign-in/options.ts';
import { NOW } from '../../../support/table/challenges.ts';

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:Keyring-abc123';
const ROLE_ARN = 'arn:aws:iam::111122223333:role/KeyRotationRole';
/** The time that AWS says it is; this machine's is years later. */
const AWS_TIME = 'Wed, 15 Jan 2025 12:00:00 GMT';

const ASSUMED = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
  <AccessKeyId>ASIAROTATION</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
  <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

const DENIED = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code>
  <Message>User: a is not authorized to perform: sts:AssumeRole on resource: ${ROLE_ARN}</Message></Error></ErrorResponse>`;

interface Received {
  readonly body: string;
  readonly accessKey: string | undefined;
}

/** STS, Secrets Manager and the local system's clock on one port. */
const received: Received[] = [];
let mayAssume = true;
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const [, accessKey] = /Credential=(\w+)\//.exec(request.headers.authorization ?? '') ?? [];
  received.push({ body, accessKey });
  response.setHeader('date', AWS_TIME);
  if (body.includes('Action=AssumeRole')) {
    return response.writeHead(mayAssume ? 200 : 403).end(mayAssume ? ASSUMED : DENIED);
  }
  if (request.url === '/_local/clock.json') return response.end(JSON.stringify({ now: NOW + 1 }));
  return response.end(JSON.stringify({ SecretString: '{}', VersionId: 'version-1' }));
});
let endpoint: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

describe('a deployed stack', () => {
  const cloudFormation = mockClient(CloudFormationClient);
  afterAll(() => cloudFormation.restore());
  const open = () => openKeyringSource({ kind: 'stack', name: 'EmailOtp', region: 'eu-west-1' }, '/');

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
    received.length = 0;
    mayAssume = true;
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAADMINISTRATOR');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    describedAs({ KeyringSecretArn: SECRET_ARN, KeyRotationRoleArn: ROLE_ARN });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    cloudFormation.reset();
  });

  it('is read in the rotation’s role, which the credentials of the environment are only there to take', async () => {
    using source = await open();

    expect(await source.secret.read()).toEqual({ text: '{}', versionId: 'version-1' });

    const [assumed, read, ...others] = received;
    expect(others).toEqual([]);
    expect(new URLSearchParams(assumed?.body).get('RoleArn')).toBe(ROLE_ARN);
    expect(assumed?.accessKey).toBe('AKIAADMINISTRATOR');
    expect(JSON.parse(read?.body ?? '')).toMatchObject({ SecretId: SECRET_ARN });
    expect(read?.accessKey).toBe('ASIAROTATION');
  });

  it('is denied to whoever may not take that role, and AWS says so', async () => {
    mayAssume = false;
    using source = await open();

    const refused = await source.secret.read().catch(explain);

    expect(refused).toEqual({
      exit: 1,
      text: expect.stringContaining('the credentials lack the permission sts:AssumeRole'),
    });
  });

  it('has the time that AWS says, however wrong this machine’s clock is', async () => {
    using source = await open();
    await source.secret.read();

    expect(source.now()).toBe(Date.parse(AWS_TIME));
  });

  it('has no time before AWS has said it', async () => {
    using source = await open();

    expect(() => source.now()).toThrow(UnknownTimeError);
  });

  it('without the role is older than the command', async () => {
    describedAs({ KeyringSecretArn: SECRET_ARN });

    await expect(open()).rejects.toThrow(UsageError);
    await expect(open()).rejects.toThrow('KeyRotationRoleArn');
  });
});

describe('the local system', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rotate-key-source-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const writeOutputs = (more: object) =>
    writeFileSync(join(folder, 'outputs.json'), JSON.stringify({ endpoint, region: 'us-east-1', ...more }));
  const open = () => openKeyringSource({ kind: 'local', folder }, '/');

  it('is read as it is, at its own time', async () => {
    writeOutputs({ keyringSecretArn: SECRET_ARN });

    using source = await open();

    expect(source.now()).toBe(NOW + 1);
    expect(await source.secret.read()).toEqual({ text: '{}', versionId: 'version-1' });
    expect(source.secret.arn).toBe(SECRET_ARN);
  });

  it('that was started by an older version has to be started again', async () => {
    writeOutputs({});

    await expect(open()).rejects.toThrow(NotRunningError);
  });
});
