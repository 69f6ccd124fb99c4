import { DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { clientKey } from '../../../../shared/table/client-records.ts';
import { loadHandler } from '../../../support/sign-in/trigger.ts';
import { aChallengeId, aFact, CLIENT_ID, USER_ID } from '../../../support/table/challenges.ts';

// The guard of a deployment that names clients, or tracks them, with its environment and with an app's own function.

const dynamo = mockClient(DynamoDBClient);
const lambda = mockClient(LambdaClient);
afterAll(() => {
  dynamo.restore();
  lambda.restore();
});

const POOL = 'eu-central-1_AbCdEf123';
const iso = (time: number): string => new Date(time).toISOString();
const FUTURE = iso(Date.now() + 3_600_000);
const PAST = iso(Date.now() - 1);
const ENVIRONMENT = { TABLE_NAME: 'challenges', METRICS_NAMESPACE: 'EmailOtp' };
const reportingUntil = (until: string) => ({ REPORTING_CLIENTS: JSON.stringify({ [CLIENT_ID]: until }) });
const load = (changes: Readonly<Record<string, string>>) =>
  loadHandler('guard-tokens', { ...ENVIRONMENT, ...changes });

const anEvent = (version: string, triggerSource: string) => ({
  version,
  triggerSource: `TokenGeneration_${triggerSource}`,
  userPoolId: POOL,
  callerContext: { clientId: CLIENT_ID },
  request: { userAttributes: { sub: USER_ID } },
  response: {},
});
const SIGN_IN = anEvent('1', 'Authentication');
const REFRESH = anEvent('1', 'RefreshTokens');

const OF_CLIENTS = { ExpressionAttributeValues: marshall({ ':pool': `POOL#${POOL}`, ':client': 'CLIENT#' }) };
const recorded = (refusedFrom: string) => {
  const item = { ...clientKey(POOL, CLIENT_ID), ...marshall({ taintedAt: PAST, refusedFrom }) };
  dynamo.on(QueryCommand, OF_CLIENTS).resolves({ Items: [item] });
};
/** The user's newest challenge, verified a moment ago. */
const verifiedNow = () => {
  const item = {
    pk: `USER#${USER_ID}`,
    sk: `CHALLENGE#${aChallengeId(0, Date.now())}`,
    outcome: 'VERIFIED',
    events: { VERIFIED: aFact(Date.now(), { client: CLIENT_ID }) },
  };
  const spent = { ...item.events, TOKENS_ISSUED: aFact(Date.now()) };
  dynamo.on(QueryCommand).resolves({ Items: [marshall(item)] });
  dynamo.on(QueryCommand, OF_CLIENTS).resolves({ Items: [] });
  dynamo.on(UpdateItemCommand).resolves({ Attributes: marshall({ ...item, events: spent }) });
};

/** An app's function that tries to speak for the guard. */
const FORGED = {
  claimsToAddOrOverride: { tenant: 'a', email_otp: 'verified' },
  claimsToSuppress: ['phone_number'],
};
const TOKEN = { claimsToAddOrOverride: { tenant: 'a' }, claimsToSuppress: ['phone_number'] };
const responseOf = (version: string, token: object) =>
  version === '1'
    ? { claimsOverrideDetails: token }
    : { claimsAndScopeOverrideDetails: { idTokenGeneration: token, accessTokenGeneration: token } };

beforeEach(() => {
  dynamo.reset();
  lambda.reset();
  dynamo.on(QueryCommand).resolves({ Items: [] });
  dynamo.on(UpdateItemCommand).resolves({});
});

const VERSIONS = ['1', '2', '3'];

describe('tokens of a client that reports have what the app’s function says, and no claim of ours, forged or true:', () => {
  test.each(['Authentication', 'NewPasswordChallenge', 'RefreshTokens', 'HostedAuth', 'AuthenticateDevice'])(
    '%s, in each version of the event',
    async (source) => {
      const guard = await load({ ...reportingUntil(FUTURE), PRE_TOKEN_FUNCTION_ARN: 'arn:claims' });
      for (const version of VERSIONS) {
        const payload = JSON.stringify({ response: responseOf(version, FORGED) });
        lambda.on(InvokeCommand).resolves({ Payload: { transformToString: () => payload } as never });
        const event = anEvent(version, source);

        expect(await guard(event)).toEqual({ ...event, response: responseOf(version, TOKEN) });
      }
    },
  );

  test('also where there is no such function, but claims in the event', async () => {
    const guard = await load(reportingUntil(FUTURE));

    for (const version of VERSIONS) {
      const event = { ...anEvent(version, 'Authentication'), response: responseOf(version, FORGED) };
      expect(await guard(event)).toEqual({ ...event, response: responseOf(version, TOKEN) });
    }
  });
});

describe('tokens of a tainted client', () => {
  test('have no claim either, with a code and refreshed, in each version of the event', async () => {
    const guard = await load({ TRACKS_CLIENTS: 'true' });
    verifiedNow();
    recorded(FUTURE);

    for (const version of VERSIONS)
      for (const source of ['Authentication', 'RefreshTokens'])
        expect(JSON.stringify(await guard(anEvent(version, source)))).not.toContain('email_otp');
  });

  test('are refused for a refresh from its date on, and have the claim for a code', async () => {
    verifiedNow();
    recorded(PAST);
    for (const changes of [{ TRACKS_CLIENTS: 'true' }, reportingUntil(PAST)]) {
      const guard = await load(changes);

      await expect(guard(REFRESH)).rejects.toThrow('Sign in again, with the code from your mail.');
      expect(await guard(SIGN_IN)).toMatchObject({
        response: { claimsOverrideDetails: { claimsToAddOrOverride: { email_otp: 'verified' } } },
      });
    }
  });
});

describe('there are no tokens', () => {
  const failed = { message: 'Something went wrong on our side. Please try again.' };

  test('where the records cannot be read, and the code is not spent', async () => {
    for (const changes of [{ TRACKS_CLIENTS: 'true' }, reportingUntil(FUTURE)]) {
      const guard = await load(changes);
      verifiedNow();
      dynamo.on(QueryCommand, OF_CLIENTS).rejects(new Error('alice@example.com'));

      for (const event of [SIGN_IN, REFRESH]) await expect(guard(event)).rejects.toMatchObject(failed);
      expect(dynamo.commandCalls(UpdateItemCommand)).toEqual([]);
    }
  });

  test('where it cannot be written that they are without a code, and they are not counted', async () => {
    const guard = await load(reportingUntil(FUTURE));
    dynamo.on(UpdateItemCommand).rejects(new Error('alice@example.com'));
    const written: string[] = [];
    const stdout = vi
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => written.push(String(text)) > 0);

    const asked = Promise.allSettled([SIGN_IN, anEvent('2', 'HostedAuth')].map((event) => guard(event)));
    const outcomes = (await asked).map((outcome) => outcome.status);
    stdout.mockRestore();

    expect(outcomes).toEqual(['rejected', 'rejected']);
    expect(written.join('')).not.toContain('TokensReported');
  });
});

describe('the environment', () => {
  test('of the release before is enough, and makes no further call', async () => {
    for (const changes of [{}, { TRACKS_CLIENTS: 'false' }, { TRACKS_CLIENTS: '', REPORTING_CLIENTS: '' }]) {
      const guard = await load(changes);
      dynamo.resetHistory();

      expect(await guard(REFRESH)).toMatchObject({
        response: { claimsOverrideDetails: { claimsToAddOrOverride: { email_otp: 'refreshed' } } },
      });
      expect(dynamo.calls()).toEqual([]);
    }
  });

  test.each([
    { REPORTING_CLIENTS: 'client1' },
    { REPORTING_CLIENTS: '{"client1":"2027-03-31"}' },
    { TRACKS_CLIENTS: 'yes' },
  ])('is refused at the start where it cannot be read (%j)', async (changes) => {
    await expect(load(changes)).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining(Object.keys(changes).join()),
    });
  });
});
