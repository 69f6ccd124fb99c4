/**
 * The secrets of app clients (GenerateSecret), and the checks of what calls send to prove that they know them: SECRET_HASH in a sign-in
 * and a refresh by InitiateAuth, the secret itself in the two operations that take a refresh token alone.
 * (Amazon Cognito developer guide, "Computing secret hash values".)
 *
 * The texts of InitiateAuth and RespondToAuthChallenge are AWS's own: a missing hash and a wrong one as its knowledge centre quotes
 * them ("Unable to verify secret hash for client"); the wrong one of a refresh as users have met it since 2022
 * (aws-sdk-net-extensions-cognito 94 and 122, amplify-android 3111). Those for ClientSecret are not documented; they are made after these.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../../../ground/service.ts';
import { notAuthorized } from '../errors.ts';
import type { Client, UserPool } from '../pool.ts';
import type { Keys } from './keys.ts';

export interface ClientSecrets {
  /** Undefined if the client has none. It is always the same for a pool and a client. */
  of(pool: UserPool, client: Client): string | undefined;
  /** Checks the SECRET_HASH of a call that names a user. Throws NotAuthorizedException. */
  checkHash(pool: UserPool, client: Client, username: string, hash: string | undefined): void;
  /** The same for a refresh, where the name is the user's own in the pool. Throws NotAuthorizedException. */
  checkRefreshHash(pool: UserPool, client: Client, username: string, hash: string | undefined): void;
  /** Checks the ClientSecret of a call that names none. Throws the error of this kind. */
  check(
    pool: UserPool,
    client: Client,
    secret: string | undefined,
    kind: 'NotAuthorizedException' | 'UnauthorizedException',
  ): void;
}

/** As long as AWS's, of the same characters: lower-case letters and digits. */
const LENGTH = 51;

/** Returns the same secret each time, which reveals nothing of the pool's. */
export const deriveClientSecret = (poolSecret: Buffer, clientId: string): string => {
  const bytes = createHmac('sha512', poolSecret).update(`client secret ${clientId}`).digest('hex');
  return BigInt(`0x${bytes}`).toString(36).padStart(LENGTH, '0').slice(-LENGTH);
};

export const secretHash = (secret: string, username: string, clientId: string): string =>
  createHmac('sha256', secret).update(`${username}${clientId}`).digest('base64');

const equal = (wanted: string, given: string): boolean => {
  const [a, b] = [Buffer.from(wanted), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
};

export const createClientSecrets = (keys: Keys): ClientSecrets => {
  const secretOf: ClientSecrets['of'] = (pool, { id, hasSecret }) =>
    hasSecret ? deriveClientSecret(keys.secret(pool.id), id) : undefined;

  const checker =
    (wrong: (clientId: string) => string): ClientSecrets['checkHash'] =>
    (pool, client, username, hash) => {
      const secret = secretOf(pool, client);
      // What a client without a secret gets for a SECRET_HASH is not documented; here it is not looked at.
      if (secret === undefined) return;
      if (hash === undefined || hash === '') {
        throw notAuthorized(`Client ${client.id} is configured with secret but SECRET_HASH was not received`);
      }
      if (!equal(secretHash(secret, username, client.id), hash)) throw notAuthorized(wrong(client.id));
    };

  return {
    of: secretOf,
    checkHash: checker((id) => `Unable to verify secret hash for client ${id}`),
    checkRefreshHash: checker((id) => `SecretHash does not match for the client: ${id}`),
    check: (pool, client, given, kind) => {
      const secret = secretOf(pool, client);
      if (secret === undefined) return;
      if (given === undefined) {
        throw new AwsError(
          kind,
          `Client ${client.id} is configured with secret but ClientSecret was not received`,
        );
      }
      if (!equal(secret, given)) {
        throw new AwsError(kind, `ClientSecret does not match for the client: ${client.id}`);
      }
    },
  };
};
