/** A pool as many are before they are attached: with clients that are open, and users who are signed in there. */
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  type ExplicitAuthFlowsType,
} from '@aws-sdk/client-cognito-identity-provider';
import { createUser, type TestSystem, type TestUser } from '../system/local-system.ts';
import { byPassword } from './tokens.ts';

/** What an open client does when tokens are refreshed. */
export const KINDS = ['keeps its refresh tokens', 'rotates its refresh tokens'] as const;
export type Kind = (typeof KINDS)[number];

export interface SignedInUser {
  readonly user: TestUser;
  /** The refresh tokens of two sign-ins with the password alone. */
  readonly early: string;
  readonly idle: string;
}

export interface SignedInPool {
  /** One for each kind of client. */
  readonly open: Readonly<Record<Kind, SignedInUser>>;
  /** A user at a client that never was open. */
  readonly closed: TestUser;
}

const createPool = ({ client }: TestSystem, poolId: string) =>
  client.send(
    new CreateUserPoolCommand({
      PoolName: 'Customers',
      UserPoolTags: { 'local:id': poolId },
      UsernameAttributes: ['email'],
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
    }),
  );

/** `poolId` is the id that the pool gets. */
export const createSignedInPool = async (system: TestSystem, poolId: string): Promise<SignedInPool> => {
  await createPool(system, poolId);
  const userAt = async (ClientName: string, flows: readonly ExplicitAuthFlowsType[], rotates = false) => {
    const { UserPoolClient } = await system.client.send(
      new CreateUserPoolClientCommand({
        UserPoolId: poolId,
        ClientName,
        ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', ...flows],
        ...(rotates && { RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 } }),
      }),
    );
    return createUser({ ...system, poolId, clientId: UserPoolClient?.ClientId ?? '' });
  };
  const signedIn = async (user: TestUser): Promise<SignedInUser> => {
    const [early, idle] = [await byPassword(system, user), await byPassword(system, user)];
    return { user, early: early.RefreshToken ?? '', idle: idle.RefreshToken ?? '' };
  };
  const keeps = await userAt('Keeps', ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']);
  // Cognito has no ALLOW_REFRESH_TOKEN_AUTH at a client that rotates.
  const rotates = await userAt('Rotates', ['ALLOW_USER_PASSWORD_AUTH'], true);
  return {
    open: {
      'keeps its refresh tokens': await signedIn(keeps),
      'rotates its refresh tokens': await signedIn(rotates),
    },
    closed: await userAt('Closed', ['ALLOW_REFRESH_TOKEN_AUTH']),
  };
};
