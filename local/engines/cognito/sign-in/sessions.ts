/**
 * Authentication sessions: what the pool remembers between two calls of one sign-in, kept under an opaque string.
 * The string works once, only for its client, until it expires. It contains its expiry time and a seal: by these a used
 * session, an expired one and an invented one can be distinguished after their document is gone.
 *
 * A session is spent before its answer is judged; otherwise one answer could count twice. If the process dies or a trigger
 * fails after that, the user must start the sign-in again. AWS does not document what a failed trigger does to the session.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { State } from '../../../ground/state.ts';
import { invalidSession } from '../errors.ts';
import type { Client, UserPool } from '../pool.ts';
import type { Keys } from '../tokens/keys.ts';

export interface Sessions<T> {
  open(pool: UserPool, client: Client, content: T): string;
  /** Throws NotAuthorizedException if the session belongs to another client, is used or has expired. */
  read(pool: UserPool, client: Client, session: string): T;
  /** Only the first call for a session succeeds; the others throw NotAuthorizedException. */
  spend(session: string): void;
}

interface StoredSession<T> {
  readonly id: string;
  readonly expiresAt: number;
  readonly content: T;
}

const ID_BYTES = 16;
const EXPIRY_BYTES = 8;
const SEAL_BYTES = 32;
const SWEEP_INTERVAL_MS = 60_000;

export const createSessions = <T>(state: State, keys: Keys, now: () => number): Sessions<T> => {
  const documents = state.documents<StoredSession<T>>('cognito-session');
  let sweepAt = 0;

  const sweep = () => {
    if (now() < sweepAt) return;
    sweepAt = now() + SWEEP_INTERVAL_MS;
    for (const { id, expiresAt } of documents.all()) if (expiresAt <= now()) documents.delete(id);
  };

  const sealOf = (pool: UserPool, client: Client, head: Buffer) =>
    createHmac('sha256', keys.secret(pool.id)).update(`session ${client.id} `).update(head).digest();
  const idOf = (bytes: Buffer) => bytes.toString('hex', 0, ID_BYTES);

  return {
    open: (pool, client, content) => {
      sweep();
      const head = Buffer.concat([randomBytes(ID_BYTES), Buffer.alloc(EXPIRY_BYTES)]);
      // Cognito's sessions do not begin with a dash either; the AWS CLI would take them for options.
      head.writeUInt8(head.readUInt8() & 0x7f);
      const expiresAt = now() + client.sessionMs;
      head.writeBigUInt64BE(BigInt(expiresAt), ID_BYTES);
      documents.put(idOf(head), { id: idOf(head), expiresAt, content });
      return Buffer.concat([head, sealOf(pool, client, head)]).toString('base64url');
    },
    read: (pool, client, session) => {
      const bytes = Buffer.from(session, 'base64url');
      if (bytes.length !== ID_BYTES + EXPIRY_BYTES + SEAL_BYTES) throw invalidSession();
      const head = bytes.subarray(0, ID_BYTES + EXPIRY_BYTES);
      if (!timingSafeEqual(sealOf(pool, client, head), bytes.subarray(head.length))) throw invalidSession();
      if (head.readBigUInt64BE(ID_BYTES) <= BigInt(now())) throw invalidSession('is expired');

      const stored = documents.get(idOf(bytes));
      if (stored === undefined) throw invalidSession('can only be used once');
      return stored.content;
    },
    spend: (session) => {
      if (!documents.delete(idOf(Buffer.from(session, 'base64url'))))
        throw invalidSession('can only be used once');
    },
  };
};
