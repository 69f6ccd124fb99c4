import { DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { loadHandler } from '../../../support/sign-in/trigger.ts';
import { aChallengeId, aFact, CLIENT_ID, USER_ID } from '../../../support/table/challenges.ts';

const dynamo = mockClient(DynamoDBClient);

afterAll(() => dynamo.restore());
const guard = await loadHandler('guard-tokens', { TABLE_NAME: 'challenges', METRICS_NAMESPACE: 'EmailOtp' });

const anEvent = (triggerSource: string, changes: Readonly<Record<string, unknown>> = {}) => ({
  version: '1',
  triggerSource,
  callerContext: { clientId: CLIENT_ID },
  request: { userAttributes: { sub: USER_ID }, groupConfiguration: {} },
  response: { claimsOverrideDetails: null },
  ...changes,
});

interface Answer {
  readonly response: { readonly claimsOverrideDetails: { readonly claimsToAddOrOverride: object } };
}
const run = async (event: unknown): Promise<object> =>
  ((await guard(event)) as Answer).response.claimsOverrideDetails.claimsToAddOrOverride;

/** The user's newest challenge, verified a moment ago. */
const verifiedNow = () => {
  const item = {
    pk: `USER#${USER_ID}`,
    sk: `CHALLENGE#${aChallengeId(0, Date.now())}`,
    outcome: 'VERIFIED',
    events: { VERIFIED: aFact(Date.now(), { client: CLIENT_ID }) },
  };
  dynamo.on(QueryCommand).resolves({ Items: [marshall(item)] });
  dynamo.on(UpdateItemCommand).resolves({
    Attributes: marshall({ ...item, events: { ...item.events, TOKENS_ISSUED: aFact(Date.now()) } }),
  });
};

beforeEach(() => {
  dynamo.reset();
  dynamo.on(QueryCommand).resolves({ Items: [] });
});

describe('the pre token generation trigger', () => {
  test.each(['TokenGeneration_Authentication', 'TokenGeneration_NewPasswordChallenge'])(
    'adds the claim that a code was given, in 2 calls (%s)',
    async (source) => {
      verifiedNow();

      expect(await run(anEvent(source))).toEqual({ email_otp: 'verified' });
      expect(dynamo.calls()).toHaveLength(2);
    },
  );

  test('keeps the claims that are there', async () => {
    verifiedNow();
    const response = { claimsOverrideDetails: { claimsToAddOrOverride: { tenant: 'a' } } };

    expect(await run(anEvent('TokenGeneration_Authentication', { response }))).toEqual({
      tenant: 'a',
      email_otp: 'verified',
    });
  });

  test('lets a refresh pass, without a call, and says that it is one', async () => {
    expect(await run(anEvent('TokenGeneration_RefreshTokens'))).toEqual({ email_otp: 'refreshed' });
    expect(dynamo.calls()).toEqual([]);
  });

  test.each(['2', '3'])(
    'adds it to both tokens where the event has room for them (version %s)',
    async (version) => {
      verifiedNow();
      const response = { claimsAndScopeOverrideDetails: null };
      const token = { claimsToAddOrOverride: { email_otp: 'verified' }, claimsToSuppress: [] };
      const event = anEvent('TokenGeneration_Authentication', { version, response });

      expect(await guard(event)).toEqual({
        ...event,
        response: {
          claimsAndScopeOverrideDetails: { idTokenGeneration: token, accessTokenGeneration: token },
        },
      });
    },
  );

  test('lets an app pass that asks for itself, without a call and without the claim', async () => {
    const request = { userAttributes: {}, scopes: ['stock/read'] };

    const answer = await guard(anEvent('TokenGeneration_ClientCredentials', { version: '3', request }));

    expect(JSON.stringify(answer)).not.toContain('email_otp');
    expect(dynamo.calls()).toEqual([]);
  });

  test.each<[string, object, (() => void)?]>([
    ['no challenge is verified', anEvent('TokenGeneration_Authentication')],
    ['managed login asks', anEvent('TokenGeneration_HostedAuth')],
    ['a device asks', anEvent('TokenGeneration_AuthenticateDevice')],
    ['something new asks', anEvent('toString')],
    [
      'an app asks for itself and names a user',
      anEvent('TokenGeneration_ClientCredentials', { version: '3' }),
    ],
    [
      'an app asks for itself in another version',
      anEvent('TokenGeneration_ClientCredentials', { request: {} }),
    ],
    [
      'an app asks for itself and names an address',
      anEvent('TokenGeneration_ClientCredentials', {
        version: '3',
        request: { userAttributes: { email: 'alice@example.com' } },
      }),
    ],
    [
      'an app asks for itself without a request',
      anEvent('TokenGeneration_ClientCredentials', { version: '3', request: undefined }),
    ],
    ['a refresh has no request', anEvent('TokenGeneration_RefreshTokens', { request: undefined })],
    ['a sign-in has no request', anEvent('TokenGeneration_Authentication', { request: null })],
    ['the event has a version that is not known', anEvent('TokenGeneration_RefreshTokens', { version: '4' })],
    ['the event has no version', anEvent('TokenGeneration_RefreshTokens', { version: undefined })],
    ['nobody is named', anEvent('TokenGeneration_Authentication', { request: {} })],
    ['no client is named', anEvent('TokenGeneration_Authentication', { callerContext: {} })],
    [
      'the code was given at another client',
      anEvent('TokenGeneration_Authentication', { callerContext: { clientId: 'another' } }),
      verifiedNow,
    ],
  ])('refuses with the same words where %s', async (_, event, before = () => {}) => {
    before();

    await expect(guard(event)).rejects.toThrow('Sign in again, with the code from your mail.');
  });

  test('refuses where the table cannot be read', async () => {
    dynamo.on(QueryCommand).rejects(new Error('alice@example.com'));

    await expect(guard(anEvent('TokenGeneration_Authentication'))).rejects.toThrow(/try again/);
  });
});
