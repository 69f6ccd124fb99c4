import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { seedUsers } from '../../../local/app/users/seed-users.ts';
import type { SeededUser } from '../../../local/app/users/users-file.ts';
import { startAppSystem } from '../../support/apps/app-system.ts';
import { stopTestSystem, type TestSystem } from '../../support/system/local-system.ts';

// What becomes of users when the file is read again, as at each start.

let system: TestSystem;
beforeAll(async () => {
  system = await startAppSystem('shop');
});
afterAll(() => stopTestSystem(system));

const EMAIL = 'bea@example.com';

const bea = (changes: Partial<SeededUser> = {}): SeededUser => ({
  place: 'users.json[0]',
  username: EMAIL,
  password: 'Battery-staple-9',
  temporary: false,
  attributes: { email: EMAIL, email_verified: 'true', name: 'Bea' },
  groups: [],
  otp: 'SecondFactor',
  ...changes,
});

const seed = (...users: readonly SeededUser[]) => seedUsers(system.client, users, () => system.poolId);

const stored = async () => {
  const key = { UserPoolId: system.poolId, Username: EMAIL };
  const { UserAttributes = [] } = await system.client.send(new AdminGetUserCommand(key));
  const { Groups = [] } = await system.client.send(new AdminListGroupsForUserCommand(key));
  return {
    name: UserAttributes.find(({ Name }) => Name === 'name')?.Value,
    groups: Groups.map(({ GroupName }) => GroupName),
  };
};

it('attributes and groups follow the file, and the password stays', async () => {
  await seed(bea());
  await seed(bea({ password: 'Another-one-7', attributes: { name: 'Beatrice' }, groups: ['staff'] }));
  const changed = await stored();
  await seed(bea());

  expect(changed).toEqual({ name: 'Beatrice', groups: ['staff'] });
  expect(await stored()).toEqual({ name: 'Bea', groups: [] });
  const { poolId, clientId } = system;
  const step = await provePassword(system.client, { ...bea(), poolId, clientId });
  expect(step.ChallengeName).toBe('CUSTOM_CHALLENGE');
});

it('a temporary password has to be changed', async () => {
  const username = 'temporary@example.com';
  await seed(bea({ username, attributes: { email: username }, temporary: true }));

  const { poolId, clientId } = system;
  const step = await provePassword(system.client, { ...bea({ username }), poolId, clientId });

  expect(step.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
});

it('a user whom an earlier start left without a password gets the one of the file', async () => {
  const username = 'left@example.com';
  const left = bea({ username, attributes: { email: username } });
  await system.client.send(
    new AdminCreateUserCommand({ UserPoolId: system.poolId, Username: username, MessageAction: 'SUPPRESS' }),
  );

  const counts = await seed(left);

  const { poolId, clientId } = system;
  const step = await provePassword(system.client, { ...left, poolId, clientId });
  expect(step.ChallengeName).toBe('CUSTOM_CHALLENGE');
  expect(counts).toEqual({ created: 0, kept: 1 });
});

it('what the pool refuses is said of all users at once, and the others are there', async () => {
  const weak = bea({ place: 'users.json[0]', username: 'weak@example.com', password: 'short' });
  const lost = bea({ place: 'users.json[1]', username: 'lost@example.com', groups: ['nobody'] });
  const good = bea({ place: 'users.json[2]', username: 'good@example.com', attributes: { name: 'Good' } });

  await expect(seed(weak, lost, good)).rejects.toThrow(
    /--users: users\.json\[0\] is refused by the user pool: .*assword.*\nusers\.json\[1\] is refused by the user pool: /,
  );

  const found = new AdminGetUserCommand({ UserPoolId: system.poolId, Username: 'good@example.com' });
  expect((await system.client.send(found)).UserStatus).toBe('CONFIRMED');
  await seed({ ...weak, password: 'Battery-staple-9' });
  const { poolId, clientId } = system;
  const step = await provePassword(system.client, {
    ...weak,
    password: 'Battery-staple-9',
    poolId,
    clientId,
  });
  expect(step.ChallengeName).toBe('CUSTOM_CHALLENGE');
});
