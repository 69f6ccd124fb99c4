import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../../../local/ground/service.ts';
import { addUser, awsError, createFixture, EMAIL, POOL_ID } from '../../../fixture.ts';

const ROLE = 'arn:aws:iam::123456789012:role/staff';
const GROUP_NOT_FOUND = awsError('ResourceNotFoundException', 'Group not found.');

const createGroups = () => {
  const { call, clock } = createFixture();
  clock.adjust({ rate: 0.001 });
  const inPool = (operation: string, input: JsonObject = {}) =>
    call(operation, { UserPoolId: POOL_ID, ...input });
  const namesIn = async (operation: string, input: JsonObject = {}) => {
    const { Groups, Users, NextToken } = await inPool(operation, input);
    const names = ((Groups ?? Users) as readonly JsonObject[]).map(
      ({ GroupName, Username }) => GroupName ?? Username,
    );
    return { names, NextToken };
  };
  return { call, clock, inPool, namesIn };
};

describe('a group', () => {
  test('is created, changed in what is given, and deleted', async () => {
    const { clock, inPool } = createGroups();
    const settings = { Description: 'Staff', RoleArn: ROLE, Precedence: 7 };

    const { Group: created } = await inPool('CreateGroup', { GroupName: 'staff', ...settings });
    clock.adjust({ offsetMs: 60_000 });
    await inPool('UpdateGroup', { GroupName: 'staff', Precedence: 0 });

    const { Group } = await inPool('GetGroup', { GroupName: 'staff' });
    expect(Group).toMatchObject({ GroupName: 'staff', UserPoolId: POOL_ID, ...settings, Precedence: 0 });
    const { CreationDate, LastModifiedDate } = Group as Record<string, number>;
    expect(CreationDate).toBe((created as JsonObject).CreationDate);
    expect(LastModifiedDate).toBeGreaterThan(CreationDate as number);
    expect(await inPool('DeleteGroup', { GroupName: 'staff' })).toEqual({});
    await expect(inPool('GetGroup', { GroupName: 'staff' })).rejects.toMatchObject(GROUP_NOT_FOUND);
  });

  test('is refused a second time under its name', async () => {
    const { inPool } = createGroups();
    await inPool('CreateGroup', { GroupName: 'staff' });

    await expect(inPool('CreateGroup', { GroupName: 'staff' })).rejects.toMatchObject(
      awsError('GroupExistsException', 'A group with the name already exists.'),
    );
  });

  test.each<[string, JsonObject, RegExp]>([
    ['no name', {}, /'groupName' .* must not be null/],
    ['a space in its name', { GroupName: 'the staff' }, /'groupName' .* regular expression/],
    [
      'a negative precedence',
      { GroupName: 'staff', Precedence: -1 },
      /'precedence' .* greater than or equal to 0/,
    ],
    [
      'a role that is no ARN',
      { GroupName: 'staff', RoleArn: 'the-role-of-the-staff' },
      /'roleArn' .* expression/,
    ],
  ])('is refused with %s', async (_, input, message) => {
    const { inPool } = createGroups();

    await expect(inPool('CreateGroup', input)).rejects.toMatchObject(
      awsError('InvalidParameterException', message),
    );
  });

  test.each(['DeleteGroup', 'GetGroup', 'ListUsersInGroup', 'UpdateGroup'])(
    'that is not there is unknown to %s',
    async (operation) => {
      const { inPool } = createGroups();

      await expect(inPool(operation, { GroupName: 'staff' })).rejects.toMatchObject(GROUP_NOT_FOUND);
    },
  );
});

test('groups are listed in pages', async () => {
  const { inPool, namesIn } = createGroups();
  for (const GroupName of ['one', 'two', 'three']) await inPool('CreateGroup', { GroupName });

  const first = await namesIn('ListGroups', { Limit: 2 });
  const second = await namesIn('ListGroups', { Limit: 2, NextToken: first.NextToken });

  expect(first.names).toEqual(['one', 'two']);
  expect(second).toEqual({ names: ['three'], NextToken: undefined });
  await expect(namesIn('ListGroups', { NextToken: 'invented' })).rejects.toMatchObject({
    code: 'InvalidParameterException',
  });
});

describe('a user', () => {
  test('is in a group from being added until being removed, however often each is done', async () => {
    const { call, inPool, namesIn } = createGroups();
    const { Username } = await addUser({ call });
    await inPool('CreateGroup', { GroupName: 'staff' });
    const membership = { GroupName: 'staff', Username: EMAIL };

    for (let time = 0; time < 2; time += 1) await inPool('AdminAddUserToGroup', membership);
    expect((await namesIn('ListUsersInGroup', { GroupName: 'staff' })).names).toEqual([Username]);
    expect((await namesIn('AdminListGroupsForUser', { Username: EMAIL })).names).toEqual(['staff']);

    for (let time = 0; time < 2; time += 1) {
      expect(await inPool('AdminRemoveUserFromGroup', membership)).toEqual({});
    }
    expect((await namesIn('ListUsersInGroup', { GroupName: 'staff' })).names).toEqual([]);
    expect((await namesIn('AdminListGroupsForUser', { Username: EMAIL })).names).toEqual([]);
  });

  test('leaves a group that is deleted, and is not in one that is created under its name', async () => {
    const { call, inPool, namesIn } = createGroups();
    await addUser({ call });
    await inPool('CreateGroup', { GroupName: 'staff' });
    await inPool('AdminAddUserToGroup', { GroupName: 'staff', Username: EMAIL });
    await inPool('DeleteGroup', { GroupName: 'staff' });

    await inPool('CreateGroup', { GroupName: 'staff' });

    expect((await namesIn('AdminListGroupsForUser', { Username: EMAIL })).names).toEqual([]);
  });

  test.each(['AdminAddUserToGroup', 'AdminRemoveUserFromGroup', 'AdminListGroupsForUser'])(
    'who is not there is unknown to %s',
    async (operation) => {
      const { inPool } = createGroups();
      await inPool('CreateGroup', { GroupName: 'staff' });

      await expect(
        inPool(operation, { GroupName: 'staff', Username: 'nobody@example.com' }),
      ).rejects.toMatchObject({ code: 'UserNotFoundException' });
    },
  );
});
