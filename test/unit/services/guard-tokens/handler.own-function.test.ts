import { DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { CONTEXT, loadHandler } from '../../../support/sign-in/trigger.ts';
import { aChallengeId, aFact, CLIENT_ID, USER_ID } from '../../../support/table/challenges.ts';

// The guard of an app that has a pre token generation function of its own.

const dynamo = mockClient(DynamoDBClient);
const lambda = mockClient(LambdaClient);
afterAll(() => {
  dynamo.restore();
  lambda.restore();
});

const ENVIRONMENT = { TABLE_NAME: 'challenges', METRICS_NAMESPACE: 'EmailOtp' };
const guard = await loadHandler('guard-tokens', { ...ENVIRONMENT, PRE_TOKEN_FUNCTION_ARN: 'arn:claims' });

const anEvent = (
  version: string,
  triggerSource: string,
  changes: Readonly<Record<string, unknown>> = {},
) => ({
  version,
  triggerSource,
  callerContext: { clientId: CLIENT_ID },
  request: { userAttributes: { sub: USER_ID }, groupConfiguration: {} },
  response: version === '1' ? { claimsOverrideDetails: null } : { claimsAndScopeOverrideDetails: null },
  ...changes,
});
const SIGN_IN = anEvent('2', 'TokenGeneration_Authentication');
const MACHINE = anEvent('3', 'TokenGeneration_ClientCredentials', { request: { scopes: ['stock/read'] } });

/** The app's function adds a claim to both tokens, and tries to speak for the guard. */
const SAID = {
  claimsToAddOrOverride: { tenant: 'a', email_otp: 'never' },
  claimsToSuppress: ['email_otp', 'phone_number'],
};
const responds = (
  response: unknown = {
    claimsOverrideDetails: SAID,
    claimsAndScopeOverrideDetails: { idTokenGeneration: SAID, accessTokenGeneration: SAID },
  },
) => {
  const payload = JSON.stringify({ userName: 'mallory', response });
  lambda.on(InvokeCommand).resolves({ Payload: { transformToString: () => payload } as never });
};
const told = () =>
  lambda.commandCalls(InvokeCommand).map(({ args }) => JSON.parse(String(args[0].input.Payload)));

/** The user's newest challenge, verified a moment ago, and spent by a request. */
const verifiedNow = (request = CONTEXT.awsRequestId) => {
  const item = {
    pk: `USER#${USER_ID}`,
    sk: `CHALLENGE#${aChallengeId(0, Date.now())}`,
    outcome: 'VERIFIED',
    events: { VERIFIED: aFact(Date.now(), { client: CLIENT_ID }) },
  };
  const spent = { ...item.events, TOKENS_ISSUED: aFact(Date.now(), { request }) };
  dynamo.on(QueryCommand).resolves({ Items: [marshall(item)] });
  dynamo.on(UpdateItemCommand).resolves({ Attributes: marshall({ ...item, events: spent }) });
};

beforeEach(() => {
  dynamo.reset();
  lambda.reset();
  dynamo.on(QueryCommand).resolves({ Items: [] });
  responds();
});

const withClaim = (value: string) => ({
  claimsToAddOrOverride: { tenant: 'a', email_otp: value },
  claimsToSuppress: ['phone_number'],
});

describe('the app’s function', () => {
  test.each([
    ['TokenGeneration_Authentication', 'verified'],
    ['TokenGeneration_NewPasswordChallenge', 'verified'],
    ['TokenGeneration_RefreshTokens', 'refreshed'],
  ])(
    'gets the event as it came, and says more than the guard, but nothing else (%s)',
    async (source, value) => {
      for (const version of ['1', '2', '3']) {
        lambda.resetHistory();
        verifiedNow();
        const event = anEvent(version, source);
        const response =
          version === '1'
            ? { claimsOverrideDetails: withClaim(value) }
            : {
                claimsAndScopeOverrideDetails: {
                  idTokenGeneration: withClaim(value),
                  accessTokenGeneration: withClaim(value),
                },
              };

        expect(await guard(event)).toEqual({ ...event, response });
        expect(told()).toEqual([event]);
      }
    },
  );

  test('speaks for a machine as well, for which nothing is read and no code was given', async () => {
    const said = { claimsToAddOrOverride: { tenant: 'a' }, claimsToSuppress: ['phone_number'] };

    expect(await guard(MACHINE)).toEqual({
      ...MACHINE,
      response: { claimsAndScopeOverrideDetails: { idTokenGeneration: said, accessTokenGeneration: said } },
    });
    expect(told()).toEqual([MACHINE]);
    expect(dynamo.calls()).toEqual([]);
  });

  test('is called again for Cognito’s repeated call, whose tokens are let through again', async () => {
    verifiedNow('an-earlier-request');

    await guard(SIGN_IN);

    expect(told()).toEqual([SIGN_IN]);
  });

  test.each<[string, object]>([
    ['no code was given', SIGN_IN],
    ['managed login asks', anEvent('2', 'TokenGeneration_HostedAuth')],
    ['a device asks', anEvent('2', 'TokenGeneration_AuthenticateDevice')],
    ['the event has a version that is not known', anEvent('4', 'TokenGeneration_RefreshTokens')],
    ['a machine asks for a user', { ...MACHINE, request: SIGN_IN.request }],
    ['a machine asks in an older version', { ...MACHINE, version: '2' }],
  ])('is not called where %s', async (_, event) => {
    await expect(guard(event)).rejects.toThrow('Sign in again, with the code from your mail.');
    expect(lambda.calls()).toEqual([]);
  });

  test('is not called where the table cannot be read', async () => {
    dynamo.on(QueryCommand).rejects(new Error('alice@example.com'));

    await expect(guard(SIGN_IN)).rejects.toThrow(/try again/);
    expect(lambda.calls()).toEqual([]);
  });
});

describe('there are no tokens, and the user reads nothing but our words,', () => {
  test.each<[string, () => unknown]>([
    ['PreTokenFunctionFailed', () => lambda.on(InvokeCommand).resolves({ FunctionError: 'Unhandled' })],
    ['PreTokenFunctionFailed', () => lambda.on(InvokeCommand).rejects(new Error('alice@example.com'))],
    ['PreTokenFunctionInvalid', () => responds(null)],
    ['PreTokenFunctionInvalid', () => responds({ claimsAndScopeOverrideDetails: 'alice@example.com' })],
  ])('where its function does not do its part (%s)', async (name, breakIt) => {
    verifiedNow();
    breakIt();

    for (const event of [SIGN_IN, MACHINE, anEvent('2', 'TokenGeneration_RefreshTokens')])
      await expect(guard(event)).rejects.toMatchObject({
        name,
        message: 'Something went wrong on our side. Please try again.',
      });
  });

  test('where the guard itself has no time left for it', async () => {
    verifiedNow();
    const getRemainingTimeInMillis = vi.fn(() => 100);

    const asked = guard(SIGN_IN, { ...CONTEXT, getRemainingTimeInMillis });

    await expect(asked).rejects.toMatchObject({ name: 'PreTokenFunctionTimedOut' });
    expect(dynamo.calls()).toHaveLength(2);
    expect(getRemainingTimeInMillis).toHaveBeenCalledOnce();
  });
});

test('an app without such a function has no call, also if the variable is there and empty', async () => {
  const plain = await loadHandler('guard-tokens', { ...ENVIRONMENT, PRE_TOKEN_FUNCTION_ARN: '' });

  await plain(MACHINE);
  await plain(anEvent('1', 'TokenGeneration_RefreshTokens'));

  expect(lambda.calls()).toEqual([]);
});
