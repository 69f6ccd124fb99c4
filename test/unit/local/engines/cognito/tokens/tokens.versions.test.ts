import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import { addUser, awsError, CLIENT_ID, createFixture, EMAIL, type Script, signIn } from '../fixture.ts';

// Pre token generation events of the versions V2_0 and V3_0.

const USER_SCOPE = 'aws.cognito.signin.user.admin';
const NAMES = ['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'];

const aPool = (LambdaVersion: string, answer: JsonObject | Script) =>
  createFixture({
    scripts: { PreTokenGeneration: typeof answer === 'function' ? answer : () => answer },
    pool: {
      LambdaConfig: {
        ...Object.fromEntries(NAMES.map((name) => [name, name])),
        PreTokenGenerationConfig: { LambdaArn: 'PreTokenGeneration', LambdaVersion },
      },
    },
  });

/** The claims of both tokens after a sign-in with this response. */
const claimsAfter = async (details: JsonObject, version = 'V2_0') => {
  const fixture = aPool(version, { claimsAndScopeOverrideDetails: details });
  await addUser(fixture);
  const tokens = await signIn(fixture);
  return { identity: decodeJwt(tokens.IdToken), access: decodeJwt(tokens.AccessToken), fixture, tokens };
};

describe.each([
  ['V2_0', '2'],
  ['V3_0', '3'],
])('an event of version %s', (name, version) => {
  test('has the version, the scopes and no change yet', async () => {
    const { fixture } = await claimsAfter({}, name);

    const { event } = fixture.calls.at(-1) ?? expect.unreachable();
    expect(event).toMatchObject({ version, triggerSource: 'TokenGeneration_Authentication' });
    expect(event.request).toEqual({
      userAttributes: { sub: event.userName, email: EMAIL, 'cognito:user_status': 'CONFIRMED' },
      groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
      scopes: [USER_SCOPE],
    });
    expect(event.response).toEqual({ claimsAndScopeOverrideDetails: null });
    // The other triggers have one version only.
    expect(fixture.calls.at(-2)?.event.version).toBe('1');
  });

  test('changes the claims of each token apart, and groups in both', async () => {
    const { identity, access } = await claimsAfter(
      {
        idTokenGeneration: { claimsToAddOrOverride: { tenant: 'id' }, claimsToSuppress: ['email'] },
        accessTokenGeneration: { claimsToAddOrOverride: { tenant: 'access' } },
        groupOverrideDetails: { groupsToOverride: ['admins'], preferredRole: 'role' },
      },
      name,
    );

    expect(identity).toMatchObject({
      tenant: 'id',
      'cognito:groups': ['admins'],
      'cognito:preferred_role': 'role',
    });
    expect(identity).not.toHaveProperty('email');
    expect(access).toMatchObject({ tenant: 'access', 'cognito:groups': ['admins'], scope: USER_SCOPE });
    expect(access).not.toHaveProperty('cognito:preferred_role');
  });
});

describe('the claims of the later versions', () => {
  test('are any JSON', async () => {
    const claims = { level: 7, staff: true, roles: ['a', 1, false], shop: { id: 'x', open: [1] } };

    const { identity, access } = await claimsAfter({
      idTokenGeneration: { claimsToAddOrOverride: claims },
      accessTokenGeneration: { claimsToAddOrOverride: claims },
    });

    expect(identity).toMatchObject(claims);
    expect(access).toMatchObject(claims);
  });

  test('cannot be those that Cognito keeps to itself', async () => {
    const forged = Object.fromEntries(
      `sub iss exp token_use origin_jti jti aud cognito:username identities username client_id scope event_id
       cognito:groups dev:x`
        .split(/\s+/)
        .map((name) => [name, 'forged']),
    );
    const { identity, access } = await claimsAfter({
      idTokenGeneration: { claimsToAddOrOverride: forged, claimsToSuppress: ['sub', 'aud', 'iss'] },
      accessTokenGeneration: { claimsToAddOrOverride: forged, claimsToSuppress: ['client_id', 'scope'] },
    });

    // These three belong to the other token.
    const { username, client_id, scope, ...ofIdentity } = identity;
    const { identities, 'cognito:username': other, ...ofAccess } = access;
    expect(Object.values(ofIdentity)).not.toContain('forged');
    expect(Object.values(ofAccess)).not.toContain('forged');
    expect(identity).toMatchObject({ aud: CLIENT_ID, sub: expect.any(String), iss: expect.any(String) });
    expect(access).toMatchObject({ client_id: CLIENT_ID, scope: USER_SCOPE });
    expect(access).not.toHaveProperty('aud');
  });

  test('can suppress what they cannot change, if its prefix is reserved', async () => {
    const { access } = await claimsAfter({
      accessTokenGeneration: { claimsToSuppress: ['cognito:groups'] },
      groupOverrideDetails: { groupsToOverride: ['admins'] },
    });

    expect(access).not.toHaveProperty('cognito:groups');
  });

  test('may give the access token the app client as its audience', async () => {
    const { access } = await claimsAfter({
      accessTokenGeneration: { claimsToAddOrOverride: { aud: CLIENT_ID } },
    });

    expect(access.aud).toBe(CLIENT_ID);
  });
});

describe('the scopes', () => {
  test('are added and suppressed, but none of Cognito’s own is added', async () => {
    const { access } = await claimsAfter({
      accessTokenGeneration: {
        scopesToAdd: ['shop/read', 'shop/write', 'aws.cognito.other', 'shop/read'],
        scopesToSuppress: ['shop/write'],
      },
    });

    expect(access.scope).toBe(`${USER_SCOPE} shop/read`);
  });

  test('decide what the token may do in the user pool', async () => {
    const { fixture, tokens, access } = await claimsAfter({
      accessTokenGeneration: { scopesToSuppress: [USER_SCOPE] },
    });

    expect(access).not.toHaveProperty('scope');
    await expect(fixture.call('GetUser', { AccessToken: tokens.AccessToken })).rejects.toMatchObject(
      awsError('NotAuthorizedException', 'Access Token does not have required scopes'),
    );
  });
});

describe('a response that Cognito cannot use', () => {
  const ID = 'idTokenGeneration';
  test.each<[string, JsonObject, string]>([
    ['of the older form', { claimsOverrideDetails: {} }, 'V2_0'],
    ['of the newer form', { claimsAndScopeOverrideDetails: {} }, 'V1_0'],
    ['with a list for details', { claimsAndScopeOverrideDetails: [] }, 'V3_0'],
    [
      'with a text for scopes',
      { claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToAdd: 'x' } } },
      'V2_0',
    ],
    [
      'with a null claim',
      { claimsAndScopeOverrideDetails: { [ID]: { claimsToAddOrOverride: { a: null } } } },
      'V2_0',
    ],
    [
      'with an object as address',
      { claimsAndScopeOverrideDetails: { [ID]: { claimsToAddOrOverride: { address: {} } } } },
      'V2_0',
    ],
  ])('%s keeps the tokens back', async (_, response, version) => {
    const fixture = aPool(version, response);
    await addUser(fixture);

    await expect(signIn(fixture)).rejects.toMatchObject(
      awsError('InvalidLambdaResponseException', /^Unrecognizable lambda output/),
    );
  });

  test('is none if it has both forms, for a function of two pools', async () => {
    const fixture = aPool('V2_0', {
      claimsOverrideDetails: { claimsToAddOrOverride: { tenant: 'older' } },
      claimsAndScopeOverrideDetails: { idTokenGeneration: { claimsToAddOrOverride: { tenant: 'newer' } } },
    });
    await addUser(fixture);

    expect(decodeJwt((await signIn(fixture)).IdToken)).toMatchObject({ tenant: 'newer' });
  });
});
