import type { Context } from 'aws-lambda';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { POOL_ID } from '../../../support/pools/pools.ts';
import { CONTEXT } from '../../../support/sign-in/trigger.ts';
import { anEvent } from './a-live-pool.ts';
import { aResponseUrl } from './a-response-url.ts';

const WHOLE = {
  METRICS_NAMESPACE: 'Shop-EmailOtp',
  TABLE_NAME: 'challenges',
  UNDO_PARAMETER: '/email-otp/Shop',
};

/** The bundle's two functions, started with this environment. */
const load = async (environment: Readonly<Record<string, string>>) => {
  vi.resetModules();
  const silent = { AWS_REGION: 'eu-west-1', POWERTOOLS_LOG_LEVEL: 'SILENT' };
  for (const [name, value] of Object.entries({ ...silent, ...environment })) vi.stubEnv(name, value);
  return await import('../../../../services/attach-pool/handler.ts');
};

afterEach(() => vi.unstubAllEnvs());

const context: Context = { ...CONTEXT, getRemainingTimeInMillis: () => 600_000 };

describe('CloudFormation gets an answer', () => {
  it.each([
    ['METRICS_NAMESPACE', 'ConfigurationError'],
    ['TABLE_NAME', 'ConfigurationError: TABLE_NAME is not set'],
    ['UNDO_PARAMETER', 'ConfigurationError: UNDO_PARAMETER is not set'],
  ])('although the function has no %s', async (missing, reason) => {
    const { handler } = await load({ ...WHOLE, [missing]: '' });
    await using url = await aResponseUrl();
    await handler({ ...anEvent('Create'), ...url.asked }, context);

    expect(url.answers).toMatchObject([
      {
        body: {
          Status: 'FAILED',
          Reason: expect.stringContaining(reason),
          PhysicalResourceId: POOL_ID,
        },
      },
    ]);
  });

  it('although the properties are of another version', async () => {
    const { handler } = await load(WHOLE);
    await using url = await aResponseUrl();
    const event = { ...anEvent('Delete'), ...url.asked, ResourceProperties: { UserPoolId: POOL_ID } };
    await handler(event, context);

    expect(url.answers).toMatchObject([
      {
        body: {
          Status: 'FAILED',
          Reason: 'AttachmentUnreadable: The custom resource has no EventVersion (request request-1)',
          PhysicalResourceId: POOL_ID,
        },
      },
    ]);
  });
});

describe('the check', () => {
  it('fails, so that the alarm starts, if nobody told it what the pool should be like', async () => {
    const { checkHandler } = await load({ METRICS_NAMESPACE: 'Shop-EmailOtp' });

    await expect(checkHandler({}, context)).rejects.toMatchObject({ name: 'ConfigurationError' });
  });

  it('fails for properties of another version', async () => {
    const { checkHandler } = await load({ METRICS_NAMESPACE: 'Shop-EmailOtp', ATTACHMENT: '{}' });

    await expect(checkHandler({}, context)).rejects.toMatchObject({ name: 'AttachmentUnreadable' });
  });
});
