/** One run of `attach --revoke`: signs out everybody, so that no token is left from the time when clients were open. */
import { setTimeout } from 'node:timers/promises';
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import type { PoolState } from '../../shared/pool/pool-state.ts';
import { count, duration } from '../../shared/words/times.ts';
import { clientNamesOf, clientWords } from '../pool/change-words.ts';
import type { PoolSource } from '../pool/source.ts';
import { declined, type Talk } from '../pool/talk.ts';
import { openReachedFile, type ReachedFile } from './reached-file.ts';
import { BETWEEN_MS, createTurns, signOutAll } from './sign-out.ts';
import { type Look, lookAt, openOnce, tooEarly } from './too-early.ts';

export interface RevokeRun {
  readonly source: PoolSource;
  readonly talk: Talk;
  /** How far it has come is kept beside this file. */
  readonly undoPath: string;
  readonly wait?: (ms: number) => Promise<unknown>;
}

/** What somebody is told before everybody is signed out. */
const warning = (state: PoolState, userPoolId: string, clientIds: readonly string[]): string => {
  const users = Number(state.pool.properties.EstimatedNumberOfUsers ?? 0);
  const names = clientNamesOf(state);
  const clients =
    clientIds.length === 0
      ? ['of which none is on record as open once.']
      : ['not only in those that were open:', ...clientIds.map((id) => `  ${clientWords(id, names)}`)];
  return `This signs out every user of the pool ${userPoolId}: ${users} by the pool's own estimate, which takes ${duration(users * BETWEEN_MS)} or longer.
It ends the sessions of these users in all clients of the pool, ${clients.join('\n')}
Access tokens that are out stay valid until they expire where nobody asks Cognito about them.`;
};

/** A line every so many milliseconds. */
const LINE_MS = 5_000;

const signOut = async ({ source, talk, wait = setTimeout }: RevokeRun, file: ReachedFile, of: unknown) => {
  const begun = file.read(source.now) ?? { startedAt: source.now, page: undefined, users: 0 };
  if (begun.page !== undefined)
    talk.progress(`Going on where the last run has ended, after ${begun.users} users.`);
  let said = Date.now();
  const users = await signOutAll(source.users, begun, {
    turn: createTurns(Date.now, wait),
    reached: (reached) => {
      file.write({ ...reached, startedAt: begun.startedAt });
      if (Date.now() < said + LINE_MS) return;
      said = Date.now();
      talk.progress(`… ${reached.users} of about ${of} users are signed out`);
    },
  });
  return { users, startedAt: begun.startedAt };
};

/**
 * The clients count as clean from then on. Throws `CommandError`, and the errors of AWS, if tokens may have been given meanwhile
 * that are worth less: then the next run begins anew.
 */
const markClean = async (
  { source }: RevokeRun,
  file: ReachedFile,
  clientIds: readonly string[],
  startedAt: number,
): Promise<void> => {
  const at = new Date(startedAt).toISOString();
  const look = await lookAt(source, await source.again());
  const names = clientNamesOf(look.state);
  const refuse = (why: readonly string[]): CommandError => {
    file.remove();
    const lines = ['Everybody was signed out, but too early:', ...why, 'Run the command again after that.'];
    return new CommandError(lines.join('\n'), EXIT.failed);
  };
  const early = tooEarly(look);
  if (early.length > 0) throw refuse(early);
  const later: string[] = [];
  for (const clientId of clientIds) {
    if (await source.records.revoke(look.deployment.userPoolId, clientId, at)) continue;
    const client = clientWords(clientId, names);
    later.push(`  Users could get tokens without a code at ${client} after ${at}, when it began.`);
  }
  if (later.length > 0) throw refuse(later);
};

/** If any of this is otherwise in a later run, it begins anew. */
const whatIsRevoked = (look: Look): string => {
  const { userPoolId, reporting } = look.deployment;
  const { pool, clients } = look.state;
  const changed = [pool, ...clients.values()].map(({ properties }) => properties.LastModifiedDate);
  const tainted = openOnce(look).flatMap(({ record = [] }) => record);
  return JSON.stringify({ userPoolId, tainted, reporting, changed });
};

/** Throws `CommandError`, and the errors of AWS and of the file system. */
export const revokeClients = async (run: RevokeRun): Promise<void> => {
  const { source, talk, undoPath } = run;
  const { userPoolId } = source.deployment;
  const look = await lookAt(source, source);
  const early = tooEarly(look);
  if (early.length > 0) {
    const lines = ['It is too early to sign out everybody; nothing was changed.', ...early];
    throw new CommandError(lines.join('\n'), EXIT.refused);
  }
  const clientIds = openOnce(look).map(({ clientId }) => clientId);
  const file = openReachedFile(undoPath, whatIsRevoked(look));
  file.requireWritable();
  talk.say(warning(look.state, userPoolId, clientIds));
  if (!(await talk.agreesTo('sign out everybody'))) throw declined();
  const { users, startedAt } = await signOut(run, file, look.state.pool.properties.EstimatedNumberOfUsers);
  if (clientIds.length > 0) await markClean(run, file, clientIds, startedAt);
  file.remove();
  talk.document({ userPoolId, revoked: clientIds, users });
  const clean = ' From now on the tokens of these clients say that a code was given.';
  talk.say(`${count(users, 'user is', 'users are')} signed out.${clientIds.length === 0 ? '' : clean}`);
};
