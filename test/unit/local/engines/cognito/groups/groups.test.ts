/** The groups of the template, from one start to the next, and the groups in tokens. */
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import type { GroupDefinition } from '../../../../../../local/engines/cognito/groups/group-definitions.ts';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import {
  addUser,
  awsError,
  createFixture,
  EMAIL,
  type Fixture,
  POOL_ID,
  type Script,
  signIn,
  temporaryFolder,
} from '../fixture.ts';

const ADMIN = 'arn:aws:iam::123456789012:role/admin';
const STAFF = 'arn:aws:iam::123456789012:role/staff';
const EVERY: readonly GroupDefinition[] = [
  { name: 'staff', settings: { roleArn: STAFF }, members: [EMAIL] },
  { name: 'admins', settings: { precedence: 0, roleArn: ADMIN, description: 'May do all' }, members: [] },
];
const [staff, admins] = EVERY as [GroupDefinition, GroupDefinition];

const groupsOf = async ({ call }: Fixture) =>
  ((await call('ListGroups', { UserPoolId: POOL_ID })).Groups as readonly JsonObject[]).map(
    ({ GroupName }) => GroupName,
  );
const groupsOfUser = async ({ call }: Fixture) => {
  const { Groups } = await call('AdminListGroupsForUser', { UserPoolId: POOL_ID, Username: EMAIL });
  return (Groups as readonly JsonObject[]).map(({ GroupName }) => GroupName);
};
const add = ({ call }: Fixture, GroupName: string) =>
  call('AdminAddUserToGroup', { UserPoolId: POOL_ID, Username: EMAIL, GroupName });

/** What the tokens of a new sign-in say of groups. */
const claimsOf = async (fixture: Fixture) => {
  const { IdToken, AccessToken } = await signIn(fixture);
  const pick = (token: string) =>
    Object.fromEntries(Object.entries(decodeJwt(token)).filter(([name]) => /groups|role/.test(name)));
  return { id: pick(IdToken), access: pick(AccessToken) };
};

describe('the groups of the template', () => {
  test('are there from the start, with what the template says of them', async () => {
    const { call } = createFixture({ groups: EVERY });

    const { Group } = await call('GetGroup', { UserPoolId: POOL_ID, GroupName: 'admins' });

    expect(Group).toMatchObject({ GroupName: 'admins', UserPoolId: POOL_ID, Precedence: 0, RoleArn: ADMIN });
  });

  test('take in the users whom the template puts into them, as soon as these are there', async () => {
    const fixture = createFixture({ groups: EVERY });
    await addUser(fixture);

    expect(await groupsOfUser(fixture)).toEqual(['staff']);
  });

  test('go with the template, and the memberships of those that stay are kept', async () => {
    const folder = temporaryFolder();
    const first = createFixture({ groups: EVERY, folder });
    await addUser(first);
    await add(first, 'admins');

    const second = createFixture({ groups: [admins], folder });

    expect(await groupsOf(second)).toEqual(['admins']);
    expect(await groupsOfUser(second)).toEqual(['admins']);
    const third = createFixture({ groups: [{ ...staff, members: [] }, admins], folder });
    expect(await groupsOfUser(third)).toEqual(['admins']);
  });

  test('follow a template that puts other users into them, and keep whom an administrator added', async () => {
    const folder = temporaryFolder();
    const first = createFixture({ groups: EVERY, folder });
    await addUser(first);
    await add(first, 'admins');

    const second = createFixture({ groups: [{ ...staff, members: [] }, admins], folder });

    expect(await groupsOfUser(second)).toEqual(['admins']);
  });

  test('are as the template has them after each start; the others stay', async () => {
    const folder = temporaryFolder();
    const first = createFixture({ groups: EVERY, folder });
    const update = { UserPoolId: POOL_ID, GroupName: 'admins', Description: 'Changed by hand' };
    await first.call('UpdateGroup', update);
    await first.call('CreateGroup', { UserPoolId: POOL_ID, GroupName: 'guests' });

    const second = createFixture({ groups: EVERY, folder });

    const { Group } = await second.call('GetGroup', { UserPoolId: POOL_ID, GroupName: 'admins' });
    expect(Group).toMatchObject({ Description: 'May do all' });
    expect(await groupsOf(second)).toEqual(['staff', 'admins', 'guests']);
  });
});

describe('the tokens of a user', () => {
  test('in no group have no claims about groups', async () => {
    const fixture = createFixture({ groups: [admins] });
    await addUser(fixture);

    expect(await claimsOf(fixture)).toEqual({ id: {}, access: {} });
  });

  test('in groups name them, and the ID token their roles', async () => {
    const fixture = createFixture({ groups: EVERY });
    await addUser(fixture);
    await add(fixture, 'admins');

    expect(await claimsOf(fixture)).toEqual({
      id: {
        'cognito:groups': ['admins', 'staff'],
        'cognito:roles': [ADMIN, STAFF],
        'cognito:preferred_role': ADMIN,
      },
      access: { 'cognito:groups': ['admins', 'staff'] },
    });
  });

  test('follow a change at the next refresh', async () => {
    const fixture = createFixture({ groups: EVERY });
    await addUser(fixture);
    const { RefreshToken } = await signIn(fixture);
    await add(fixture, 'admins');

    const { AuthenticationResult } = await fixture.call('GetTokensFromRefreshToken', {
      ClientId: 'client1234567890',
      RefreshToken,
    });

    const { AccessToken } = AuthenticationResult as { readonly AccessToken: string };
    expect(decodeJwt(AccessToken)).toMatchObject({ 'cognito:groups': ['admins', 'staff'] });
  });

  const STAFF_CONFIGURATION = {
    groupsToOverride: ['staff'],
    iamRolesToOverride: [STAFF],
    preferredRole: STAFF,
  };

  test.each<[string, JsonObject | null, readonly string[] | undefined]>([
    ['stay where the pre token trigger does not speak of them', {}, ['staff']],
    ['stay where it changes nothing at all', null, ['staff']],
    ['go where it returns an empty object for them', { groupOverrideDetails: {} }, undefined],
    ['go where it returns null for them', { groupOverrideDetails: null }, undefined],
    ['are those that it returns', { groupOverrideDetails: { groupsToOverride: ['own'] } }, ['own']],
  ])('%s', async (_, claimsOverrideDetails, expected) => {
    const trigger: Script = () => ({ claimsOverrideDetails });
    const fixture = createFixture({ groups: EVERY, scripts: { PreTokenGeneration: trigger } });
    await addUser(fixture);

    const { id, access } = await claimsOf(fixture);

    expect([id['cognito:groups'], access['cognito:groups']]).toEqual([expected, expected]);
    const { event } = fixture.calls.findLast(({ trigger: name }) => name === 'PreTokenGeneration') ?? {};
    expect(event?.request.groupConfiguration).toEqual(STAFF_CONFIGURATION);
  });
});

test('a user cannot be added to a group that is not there', async () => {
  const fixture = createFixture({ groups: EVERY });
  await addUser(fixture);

  await expect(add(fixture, 'nobody')).rejects.toMatchObject(
    awsError('ResourceNotFoundException', 'Group not found.'),
  );
});
