/** Finds the subject of a sign-in: a user of the pool, or a stranger who must look like one (PreventUserExistenceErrors). */
import { createHmac } from 'node:crypto';
import { userNotFound } from '../errors.ts';
import type { Client, UserPool } from '../pool.ts';
import { type Credential, simulateCredential } from '../sign-in/srp.ts';
import type { Keys } from '../tokens/keys.ts';
import type { StoredUser, Users } from './users.ts';

export type Subject =
  | {
      readonly kind: 'user';
      readonly username: string;
      readonly credential: Credential;
      readonly user: StoredUser;
    }
  | { readonly kind: 'stranger'; readonly username: string; readonly credential: Credential };

export type FindSubject = (pool: UserPool, client: Client, name: string) => Subject;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Returns a version 4 UUID that is always the same for a name, and reveals nothing without the pool's secret. */
const simulateUuid = (secret: Buffer, name: string): string => {
  const bytes = createHmac('sha256', secret).update(`username ${name}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

/**
 * A stranger gets the same username each time, also if the client sends that username itself. Throws UserNotFoundException
 * unless the client conceals users.
 */
export const createSubjects =
  (users: Users, keys: Keys): FindSubject =>
  (pool, client, typed) => {
    const user = users.find(pool, typed);
    if (user !== undefined)
      return { kind: 'user', username: user.username, credential: user.credential, user };
    if (!client.concealsUsers) throw userNotFound();

    const name = pool.caseSensitive ? typed : typed.toLowerCase();
    const secret = keys.secret(pool.id);
    const username = pool.signsInWithEmail && !UUID.test(name) ? simulateUuid(secret, name) : name;
    return { kind: 'stranger', username, credential: simulateCredential(secret, username) };
  };
