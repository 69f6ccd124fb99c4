import { afterEach, describe, expect, test, vi } from 'vitest';
import { CONTEXT, loadHandler } from '../../support/sign-in/trigger.ts';
import { CLIENT_ID, USER_ID } from '../../support/table/challenges.ts';

// A deployment changes the code and the environment of a function one after the other, in either order.

const OLD_BUNDLE = '../../upgrade/c5286e8/guard-tokens.mjs';
const OLD = { TABLE_NAME: 'challenges', METRICS_NAMESPACE: 'EmailOtp' };
const NEW = {
  ...OLD,
  REPORTING_CLIENTS: JSON.stringify({ [CLIENT_ID]: '2999-01-01T00:00:00.000Z' }),
  TRACKS_CLIENTS: 'true',
};

const REFRESH = {
  version: '1',
  triggerSource: 'TokenGeneration_RefreshTokens',
  userPoolId: 'eu-central-1_AbCdEf123',
  callerContext: { clientId: CLIENT_ID },
  request: { userAttributes: { sub: USER_ID } },
  response: {},
};
const refreshed = {
  response: { claimsOverrideDetails: { claimsToAddOrOverride: { email_otp: 'refreshed' } } },
};

afterEach(() => vi.unstubAllEnvs());

describe('the guard', () => {
  test('of the release c5286e8 starts with the variables of today, and does as it did', async () => {
    for (const [name, value] of Object.entries({
      ...NEW,
      AWS_REGION: 'us-east-1',
      POWERTOOLS_LOG_LEVEL: 'SILENT',
    }))
      vi.stubEnv(name, value);
    const { handler } = await import(OLD_BUNDLE);

    expect(await handler(REFRESH, CONTEXT)).toMatchObject(refreshed);
  });

  test('of today starts with the variables of that release, and does as that did', async () => {
    const handler = await loadHandler('guard-tokens', OLD);

    expect(await handler(REFRESH)).toMatchObject(refreshed);
  });
});
