import { expect, test } from 'vitest';
import { addUser, createFixture, POOL_ID, temporaryFolder } from '../fixture.ts';

const GROUPS = [{ name: 'admins', settings: {}, members: ['admin@example.com'] }];
const groupsOf = async ({ call }: ReturnType<typeof createFixture>, Username: string) =>
  (await call('AdminListGroupsForUser', { UserPoolId: POOL_ID, Username })).Groups;
const setAddress = ({ call }: ReturnType<typeof createFixture>, Username: string, Value: string) =>
  call('AdminUpdateUserAttributes', {
    UserPoolId: POOL_ID,
    Username,
    UserAttributes: [{ Name: 'email', Value }],
  });

test('a member of the template stays one with another address, and whoever has the old one later does not become one', async () => {
  const folder = temporaryFolder();
  const before = createFixture({ folder, groups: GROUPS });
  await addUser(before, 'permanent', 'admin@example.com');
  await setAddress(before, 'admin@example.com', 'boss@example.com');
  await addUser(before, 'permanent', 'mallory@example.com');
  await setAddress(before, 'mallory@example.com', 'admin@example.com');

  const after = createFixture({ folder, groups: GROUPS });

  expect(await groupsOf(after, 'boss@example.com')).toMatchObject([{ GroupName: 'admins' }]);
  expect(await groupsOf(after, 'admin@example.com')).toEqual([]);
});
