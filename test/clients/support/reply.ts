/** Reads the replies of an app. */
import type { Reply } from './client-app.ts';

/** The reply, if it is of this kind. Throws what the client was told instead. */
export const as = <Kind extends Reply['kind']>(kind: Kind, reply: Reply): Extract<Reply, { kind: Kind }> => {
  if (reply.kind !== kind) {
    const reason = reply.kind === 'refused' ? `: ${reply.error}: ${reply.message}` : '';
    throw new Error(`Wanted ${kind}, got ${reply.kind}${reason}`);
  }
  return reply as Extract<Reply, { kind: Kind }>;
};
