import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import {
  addUser,
  awsError,
  CLIENT_ID,
  createFixture,
  EMAIL,
  POOL_ID,
  provePassword,
  respond,
  type Script,
  signIn,
  startSrp,
} from '../fixture.ts';

const nothing: Script = () => ({});
const fails: Script = () => ({ kind: 'failed', errorType: 'Error', errorMessage: 'not today' });
const AROUND = { PreAuthentication: nothing, PostAuthentication: nothing, PreTokenGeneration: nothing };

describe('the triggers around a sign-in', () => {
  test('are called once each: before everything else, and before the tokens', async () => {
    const fixture = createFixture({ scripts: AROUND });
    await addUser(fixture);

    await signIn(fixture);

    const called = fixture.triggers();
    expect(called[0]).toBe('PreAuthentication');
    expect(called.slice(-3)).toEqual(['DefineAuthChallenge', 'PostAuthentication', 'PreTokenGeneration']);
    expect(called.filter((name) => name in AROUND)).toHaveLength(3);
  });

  test('are not called for a refresh', async () => {
    const fixture = createFixture({ scripts: AROUND });
    await addUser(fixture);
    const { RefreshToken } = await signIn(fixture);
    fixture.calls.length = 0;

    await fixture.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken });

    expect(fixture.triggers()).toEqual(['PreTokenGeneration']);
  });

  test('need not be there', async () => {
    const fixture = createFixture();
    await addUser(fixture);

    expect(await signIn(fixture)).toHaveProperty('IdToken');
    expect(fixture.triggers()).not.toContain('PreAuthentication');
  });
});

describe('the pre authentication trigger', () => {
  test('gets the user, and the metadata of InitiateAuth as validation data', async () => {
    const fixture = createFixture({ scripts: AROUND });
    const { Username } = await addUser(fixture);

    await startSrp(fixture, { clientMetadata: { shop: 'north' } });

    expect(fixture.calls[0]?.event).toMatchObject({
      version: '1',
      triggerSource: 'PreAuthentication_Authentication',
      userName: Username,
      callerContext: { clientId: CLIENT_ID },
      response: {},
    });
    expect(fixture.calls[0]?.event.request).toEqual({
      userAttributes: { sub: Username, email: EMAIL, 'cognito:user_status': 'CONFIRMED' },
      validationData: { shop: 'north' },
      userNotFound: false,
    });
  });

  test('gets null without metadata, and hears of strangers only where the client conceals them', async () => {
    const concealing = createFixture({ scripts: AROUND });
    const open = createFixture({ scripts: AROUND, client: { PreventUserExistenceErrors: 'LEGACY' } });
    await addUser(open);

    await startSrp(concealing, { username: 'nobody@example.com' });
    await expect(startSrp(open, { username: 'nobody@example.com' })).rejects.toMatchObject({
      code: 'UserNotFoundException',
    });
    await startSrp(open);

    expect(concealing.calls[0]?.event.request).toEqual({
      userAttributes: {},
      validationData: null,
      userNotFound: true,
    });
    expect(open.triggers()).toEqual(['PreAuthentication', 'DefineAuthChallenge']);
    expect(open.calls[0]?.event.request).not.toHaveProperty('userNotFound');
  });

  test('refuses a sign-in before the password', async () => {
    const fixture = createFixture({ scripts: { PreAuthentication: fails } });
    await addUser(fixture);

    await expect(startSrp(fixture)).rejects.toMatchObject(
      awsError('UserLambdaValidationException', 'PreAuthentication failed with error not today.'),
    );
    expect(fixture.triggers()).toEqual(['PreAuthentication']);
  });

  test('is not called where no password comes first', async () => {
    const fixture = createFixture({ scripts: AROUND });
    await addUser(fixture);

    await fixture.call('InitiateAuth', {
      ClientId: CLIENT_ID,
      AuthFlow: 'CUSTOM_AUTH',
      AuthParameters: { USERNAME: EMAIL },
    });

    expect(fixture.triggers()).not.toContain('PreAuthentication');
  });
});

describe('the post authentication trigger', () => {
  test('gets the user, and the metadata of the last answer', async () => {
    const fixture = createFixture({ scripts: { PostAuthentication: nothing } });
    const { Username } = await addUser(fixture);

    await respond(fixture, await provePassword(fixture), { ANSWER: '424242' }, { shop: 'north' });

    const { event } = fixture.calls.at(-1) ?? expect.unreachable();
    expect(event).toMatchObject({ triggerSource: 'PostAuthentication_Authentication', userName: Username });
    expect(event.request).toEqual({
      userAttributes: { sub: Username, email: EMAIL, 'cognito:user_status': 'CONFIRMED' },
      newDeviceUsed: false,
      clientMetadata: { shop: 'north' },
    });
  });

  test('keeps the tokens back when it fails', async () => {
    const fixture = createFixture({ scripts: { PostAuthentication: fails } });
    await addUser(fixture);

    await expect(signIn(fixture)).rejects.toMatchObject(
      awsError('UserLambdaValidationException', 'PostAuthentication failed with error not today.'),
    );
  });
});

describe('the pre sign-up trigger', () => {
  const create = (fixture: ReturnType<typeof createFixture>, more: JsonObject = {}) =>
    fixture.call('AdminCreateUser', { UserPoolId: POOL_ID, Username: EMAIL, ...more });

  test('gets a user whom an administrator creates, and what came along', async () => {
    const fixture = createFixture({ scripts: { PreSignUp: nothing } });

    const { User } = await create(fixture, {
      UserAttributes: [{ Name: 'name', Value: 'Ada' }],
      ValidationData: [{ Name: 'invited', Value: 'yes' }],
      ClientMetadata: { shop: 'north' },
    });

    expect(fixture.calls).toHaveLength(1);
    expect(fixture.calls[0]?.event).toMatchObject({
      triggerSource: 'PreSignUp_AdminCreateUser',
      userName: (User as JsonObject).Username,
      callerContext: { clientId: 'CLIENT_ID_NOT_APPLICABLE' },
      response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
    });
    expect(fixture.calls[0]?.event.request).toEqual({
      userAttributes: { email: EMAIL, name: 'Ada', 'cognito:user_status': 'FORCE_CHANGE_PASSWORD' },
      validationData: { invited: 'yes' },
      clientMetadata: { shop: 'north' },
    });
  });

  test('confirms and verifies nobody here', async () => {
    const response = { autoConfirmUser: true, autoVerifyEmail: true, autoVerifyPhone: true };
    const fixture = createFixture({ scripts: { PreSignUp: () => response } });

    const { User } = await create(fixture);

    expect(User).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD' });
    expect(JSON.stringify(User)).not.toContain('email_verified');
  });

  test('lets nobody be created when it fails', async () => {
    const fixture = createFixture({ scripts: { PreSignUp: fails } });

    await expect(create(fixture)).rejects.toMatchObject(
      awsError('UserLambdaValidationException', 'PreSignUp failed with error not today.'),
    );
    expect(await fixture.call('ListUsers', { UserPoolId: POOL_ID })).toEqual({ Users: [] });
  });
});
