import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { createDemoUsers } from '../../../../../local/app/users/offered-users.ts';
import { APP_DEMO_USER } from '../../../../../local/demo-user.ts';

/** A client of pools, of which those with a name in `refusing` create nobody. */
const aClient = (refusing: readonly string[]) =>
  ({
    send: async ({ input }: { readonly input: { readonly UserPoolId: string } }) => {
      if (refusing.includes(input.UserPoolId)) throw new Error('Password not long enough');
      return {};
    },
  }) as unknown as CognitoIdentityProviderClient;

const OTPS = ['A', 'B'].map((id) => ({ id, outputs: { UserPoolId: id } }));

test('the demo user is offered where it could be created, and it is said where not', async () => {
  const said: string[] = [];

  const offered = await createDemoUsers(aClient(['A']), OTPS, APP_DEMO_USER, (text) => said.push(text));

  expect(offered).toEqual({ kind: 'demo', user: APP_DEMO_USER, otp: 'B' });
  expect(said).toEqual([
    'There is no demo user for A: Password not long enough. Bring users of your own with --users',
  ]);
});

test('nobody is offered if no pool takes it', async () => {
  expect(await createDemoUsers(aClient(['A', 'B']), OTPS, APP_DEMO_USER, () => {})).toEqual({
    kind: 'nobody',
  });
});
