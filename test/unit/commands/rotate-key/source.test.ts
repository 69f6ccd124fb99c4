import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { explainWith } from '../../../../commands/common/failure.ts';
import { openKeyringSource } from '../../../../commands/rotate-key/source.ts';
import { type AwsStandIn, environmentFor, startAwsStandIn } from '../../../support/system/aws-stand-in.ts';
import { NOW } from '../../../support/table/challenges.ts';

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:Keyring-abc123';
const ROLE_ARN = 'arn:aws:iam::111122223333:role/KeyRotationRole';

const open = () =>
  openKeyringSource({ kind: 'stack', name: 'EmailOtp', region: 'eu-west-1', otp: undefined });

let aws: AwsStandIn;
beforeEach(async () => {
  aws = await startAwsStandIn({ SecretString: '{}', VersionId: 'version-1' });
  aws.outputs = { KeyringSecretArn: SECRET_ARN, KeyRotationRoleArn: ROLE_ARN };
  for (const [name, value] of Object.entries(environmentFor(aws))) vi.stubEnv(name, value);
});
afterEach(() => {
  aws[Symbol.dispose]();
  vi.unstubAllEnvs();
});

it('reads the secret in the rotation’s role, which the credentials of the environment are only there to take', async () => {
  using source = await open();

  expect(source.secret.arn).toBe(SECRET_ARN);
  expect(await source.secret.read()).toEqual({ text: '{}', versionId: 'version-1' });

  const [assumed, read, ...others] = aws.received;
  const asked = new URLSearchParams(assumed?.body);
  expect(others).toEqual([]);
  expect([asked.get('RoleArn'), asked.get('RoleSessionName')]).toEqual([ROLE_ARN, 'rotate-key']);
  expect(assumed?.accessKey).toBe('AKIAADMINISTRATOR');
  expect(JSON.parse(read?.body ?? '')).toMatchObject({ SecretId: SECRET_ARN });
  expect(read?.accessKey).toBe('ASIAROLE');
});

it('is denied to whoever may not take that role, and AWS says so', async () => {
  aws.mayAssume = false;
  using source = await open();

  const refused = await source.secret.read().catch(explainWith({ permissions: 'p', missing: 'm' }));

  expect(refused).toMatchObject({
    exit: 1,
    message: expect.stringContaining('the credentials lack the permission sts:AssumeRole'),
  });
});

it('goes by the service’s time', async () => {
  using source = await open();

  expect(source.now).toBe(NOW);
});
