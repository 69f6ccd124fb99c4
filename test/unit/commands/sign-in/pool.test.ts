import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPool } from '../../../../commands/sign-in/pool.ts';
import { writeLocalOutputs } from '../../../../shared/messages/outputs.ts';
import { startAwsStandIn } from '../../../support/system/aws-stand-in.ts';

test('a deployed pool is called without the credentials of the environment, and has no inbox', async () => {
  const deployed = { kind: 'deployed', region: 'eu-west-1', poolId: 'eu-west-1_a', clientId: 'c' } as const;

  expect(await openPool(deployed)).toEqual({
    poolId: 'eu-west-1_a',
    clientId: 'c',
    settings: {
      region: 'eu-west-1',
      credentials: { accessKeyId: 'anonymous', secretAccessKey: 'anonymous' },
    },
  });
});

test('the local pool is what the system has written down in its folder', async () => {
  using local = await startAwsStandIn();
  const folder = mkdtempSync(join(tmpdir(), 'pool-'));
  writeLocalOutputs(folder, {
    ...{ endpoint: local.endpoint, region: 'us-east-1', inbox: `${local.endpoint}/inbox` },
    ...{ UserPoolId: 'us-east-1_local', UserPoolClientId: 'local-client' },
  });

  expect(await openPool({ kind: 'local', folder })).toMatchObject({
    poolId: 'us-east-1_local',
    clientId: 'local-client',
    settings: { endpoint: local.endpoint, region: 'us-east-1' },
    inbox: `${local.endpoint}/inbox`,
  });
  rmSync(folder, { recursive: true });
});

test('a local system that does not run has to be started first', async () => {
  await expect(openPool({ kind: 'local', folder: '/nowhere' })).rejects.toThrow(/Start it .* npm start/);
});
