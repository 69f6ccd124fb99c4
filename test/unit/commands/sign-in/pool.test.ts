import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openPool } from '../../../../commands/sign-in/pool.ts';
import { writeLocalOutputs } from '../../../../shared/messages/stack/outputs.ts';
import { environmentFor, LOCAL_NOW, startAwsStandIn } from '../../../support/system/aws-stand-in.ts';
import { SECOND } from '../../../support/table/challenges.ts';

const DEPLOYED = { kind: 'deployed', region: 'eu-west-1', poolId: 'eu-west-1_a', clientId: 'c' } as const;
const START = new InitiateAuthCommand({ AuthFlow: 'CUSTOM_AUTH', ClientId: 'c' });

describe('a deployed pool', () => {
  afterEach(() => void vi.unstubAllEnvs());

  test('is called without the credentials of the environment, and has no inbox and no clock to ask', async () => {
    using aws = await startAwsStandIn();
    for (const [name, value] of Object.entries(environmentFor(aws))) vi.stubEnv(name, value);

    const { cognito, ...pool } = await openPool(DEPLOYED);
    await cognito.send(START);

    expect(pool).toEqual({ poolId: 'eu-west-1_a', clientId: 'c' });
    expect(aws.received).toEqual([expect.objectContaining({ accessKey: undefined })]);
  });
});

test('the local pool is what the system has written down in its folder, with its clock', async () => {
  using local = await startAwsStandIn();
  const folder = mkdtempSync(join(tmpdir(), 'pool-'));
  writeLocalOutputs(folder, {
    ...{ endpoint: local.endpoint, region: 'us-east-1', inbox: `${local.endpoint}/inbox` },
    ...{ UserPoolId: 'us-east-1_local', UserPoolClientId: 'local-client' },
  });

  const { cognito, clock, ...pool } = await openPool({ kind: 'local', folder });
  await clock?.compare();

  expect(pool).toEqual({
    poolId: 'us-east-1_local',
    clientId: 'local-client',
    inbox: `${local.endpoint}/inbox`,
  });
  expect(await cognito.config.region()).toBe('us-east-1');
  expect(Number(clock?.now()) - LOCAL_NOW).toBeLessThan(10 * SECOND);
  rmSync(folder, { recursive: true });
});

test('a local system that does not run has to be started first', async () => {
  await expect(openPool({ kind: 'local', folder: '/nowhere' })).rejects.toThrow(/Start it .* npm start/);
});
