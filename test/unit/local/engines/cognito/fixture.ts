/** A user pool with scripted triggers, for the tests of this folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSrpSession, signSrpSession, wrapAuthChallenge, wrapInitiateAuth } from 'cognito-srp-helper';
import { onTestFinished } from 'vitest';
import type { GroupDefinition } from '../../../../../local/engines/cognito/groups/group-definitions.ts';
import { createUserPools } from '../../../../../local/engines/cognito/user-pool.ts';
import { type Clock, createClock } from '../../../../../local/ground/clock.ts';
import type { Invocation, JsonObject } from '../../../../../local/ground/service.ts';
import { openState } from '../../../../../local/ground/state.ts';

export const POOL_ID = 'eu-central-1_Test12345';
export const POOL_ARN = `arn:aws:cognito-idp:eu-central-1:123456789012:userpool/${POOL_ID}`;
export const CLIENT_ID = 'client1234567890';
export const EMAIL = 'user@example.com';
export const PASSWORD = 'Correct-Horse-7';
export const ANSWER = '424242';
export const ISSUER_BASE = 'http://127.0.0.1:4566';

export interface TriggerEvent {
  readonly version: string;
  readonly triggerSource: string;
  readonly userName: string;
  readonly callerContext: JsonObject;
  readonly request: JsonObject & {
    readonly session: readonly { challengeName: string; challengeResult: boolean }[];
  };
  readonly response: JsonObject;
}
export interface Call {
  readonly trigger: string;
  readonly event: TriggerEvent;
}
/** Returns the trigger's response, or a whole invocation if it has a `kind`. */
export type Script = (event: TriggerEvent) => JsonObject | Invocation | Promise<JsonObject | Invocation>;

/** Asks for the password, then for a new one if that is due, then the custom challenge until it is answered. */
const define: Script = ({ request }) => {
  const last = request.session.at(-1);
  const { 'cognito:user_status': status } = request.userAttributes as JsonObject;
  if (last?.challengeName === 'SRP_A') return { challengeName: 'PASSWORD_VERIFIER' };
  if (last?.challengeName === 'PASSWORD_VERIFIER' && status !== 'CONFIRMED') {
    return { challengeName: 'NEW_PASSWORD_REQUIRED' };
  }
  if (last?.challengeName === 'CUSTOM_CHALLENGE' && last.challengeResult) return { issueTokens: true };
  return request.session.length > 6 ? { failAuthentication: true } : { challengeName: 'CUSTOM_CHALLENGE' };
};
const create: Script = () => ({
  publicChallengeParameters: { medium: 'EMAIL' },
  privateChallengeParameters: { reference: ANSWER },
  challengeMetadata: 'challenge-1',
});
const verify: Script = ({ request }) => ({
  answerCorrect: request.challengeAnswer === (request.privateChallengeParameters as JsonObject).reference,
});

const SCRIPTS: Readonly<Record<string, Script>> = {
  DefineAuthChallenge: define,
  CreateAuthChallenge: create,
  VerifyAuthChallengeResponse: verify,
};

interface FixtureOptions {
  readonly scripts?: Readonly<Record<string, Script>>;
  readonly pool?: JsonObject;
  readonly client?: JsonObject;
  readonly groups?: readonly GroupDefinition[];
  readonly folder?: string;
  readonly clock?: Clock;
}

export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'cognito-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

export const createFixture = ({
  scripts = {},
  pool = {},
  client = {},
  groups = [],
  ...rest
}: FixtureOptions = {}) => {
  const { folder = temporaryFolder(), clock = createClock() } = rest;
  const state = openState(folder);
  onTestFinished(() => state.close());
  const all = { ...SCRIPTS, ...scripts };
  const calls: Call[] = [];

  const invoke = async (trigger: string, payload: unknown): Promise<Invocation> => {
    const event = payload as TriggerEvent;
    calls.push({ trigger, event });
    const answer = (await all[trigger]?.(event)) ?? {};
    return 'kind' in answer
      ? (answer as Invocation)
      : { kind: 'returned', payload: { ...event, response: answer } };
  };
  const properties = {
    UsernameAttributes: ['email'],
    UsernameConfiguration: { CaseSensitive: false },
    LambdaConfig: Object.fromEntries(Object.keys(all).map((name) => [name, name])),
    Policies: { PasswordPolicy: { MinimumLength: 8, RequireNumbers: true } },
    ...pool,
  };
  const clientProperties = {
    ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
    ...client,
  };
  const pools = createUserPools({
    pools: [
      {
        poolId: POOL_ID,
        arn: POOL_ARN,
        properties,
        groups,
        clients: [
          { clientId: CLIENT_ID, properties: clientProperties },
          { clientId: 'other', properties: clientProperties },
        ],
      },
    ],
    state,
    clock,
    invoke,
    region: 'eu-central-1',
    accountId: '123456789012',
    issuerBase: () => ISSUER_BASE,
  });

  const call = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    const run = pools.operations[operation];
    if (run === undefined) throw new Error(`no operation ${operation}`);
    // Input and output go through JSON, as they do over HTTP.
    return JSON.parse(JSON.stringify(await run(JSON.parse(JSON.stringify(input)))));
  };
  return { ...pools, state, clock, calls, call, triggers: () => calls.map(({ trigger }) => trigger) };
};

export type Fixture = ReturnType<typeof createFixture>;

/** A confirmed user, or one with a temporary password. */
export const addUser = async (
  fixture: Pick<Fixture, 'call'>,
  kind: 'permanent' | 'temporary' = 'permanent',
  email = EMAIL,
) => {
  const common = { UserPoolId: POOL_ID, Username: email };
  const { User } = await fixture.call('AdminCreateUser', { ...common, TemporaryPassword: PASSWORD });
  if (kind === 'permanent') {
    await fixture.call('AdminSetUserPassword', { ...common, Password: PASSWORD, Permanent: true });
  }
  return User as JsonObject & { readonly Username: string };
};

/** A challenge as the client sees it. */
export interface Challenge {
  readonly ChallengeName: string;
  readonly Session: string;
  readonly ChallengeParameters: Readonly<Record<string, string>>;
}
export const asChallenge = (response: JsonObject) => response as unknown as Challenge;

interface Credentials {
  readonly username?: string;
  readonly password?: string;
  /** What the client signs as TIMESTAMP, instead of the present time. */
  readonly timestamp?: string;
  readonly clientMetadata?: Readonly<Record<string, string>>;
}

/** InitiateAuth with SRP, computed by the client library. `answer` is what the library would send next. */
export const startSrp = async (
  { call }: Pick<Fixture, 'call'>,
  { username = EMAIL, password = PASSWORD, timestamp, clientMetadata = {} }: Credentials = {},
) => {
  const present = createSrpSession(username, password, POOL_ID, false);
  const session = { ...present, timestamp: timestamp ?? present.timestamp };
  const parameters = { CHALLENGE_NAME: 'SRP_A', USERNAME: username };
  const request = { ClientId: CLIENT_ID, AuthFlow: 'CUSTOM_AUTH' as const, AuthParameters: parameters };
  const initiate = wrapInitiateAuth(session, request);
  const challenge = asChallenge(await call('InitiateAuth', { ...initiate, ClientMetadata: clientMetadata }));
  const answer = wrapAuthChallenge(signSrpSession(session, challenge as never), {
    ClientId: CLIENT_ID,
    ChallengeName: 'PASSWORD_VERIFIER',
    Session: challenge.Session,
    ChallengeResponses: { USERNAME: challenge.ChallengeParameters.USERNAME as string },
  });
  return { challenge, answer: answer as unknown as JsonObject };
};

/** Proves the password and returns the response. */
export const provePassword = async (fixture: Pick<Fixture, 'call'>, credentials: Credentials = {}) => {
  const { answer } = await startSrp(fixture, credentials);
  return asChallenge(await fixture.call('RespondToAuthChallenge', answer));
};

export const respond = (
  { call }: Pick<Fixture, 'call'>,
  { ChallengeName, Session, ChallengeParameters }: Challenge,
  responses: Readonly<Record<string, string>>,
  clientMetadata: Readonly<Record<string, string>> = {},
) =>
  call('RespondToAuthChallenge', {
    ClientId: CLIENT_ID,
    ChallengeName,
    Session,
    ChallengeResponses: { USERNAME: ChallengeParameters.USERNAME ?? EMAIL, ...responses },
    ClientMetadata: clientMetadata,
  });

/** Plays the whole sign-in and returns the AuthenticationResult. */
export const signIn = async (fixture: Pick<Fixture, 'call'>, username = EMAIL) => {
  const { AuthenticationResult } = await respond(fixture, await provePassword(fixture, { username }), {
    ANSWER,
  });
  return AuthenticationResult as Readonly<Record<'AccessToken' | 'IdToken' | 'RefreshToken', string>>;
};

/** Matches an AwsError. */
export const awsError = (code: string, message: string | RegExp = '') => ({
  code,
  message: expectText(message),
});
const expectText = (message: string | RegExp) => ({
  asymmetricMatch: (actual: unknown) =>
    typeof message === 'string' ? message === '' || actual === message : message.test(String(actual)),
});
export const INCORRECT = awsError('NotAuthorizedException', 'Incorrect username or password.');
