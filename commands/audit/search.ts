/** Selects the challenges that the options of the command `audit` ask for. */
import { type Challenge, createdAt } from '../../shared/domain/challenge.ts';
import type { OnPage, Trail } from '../../shared/table/trail.ts';
import { findUserId } from '../common/find-user.ts';
import type { AuditOptions } from './options.ts';
import type { AuditSource } from './source.ts';

/** How many challenges a range has, by outcome. `OPEN` counts those without an outcome. */
export type Tally = Map<string, number>;

const tallied = async function* (challenges: AsyncIterable<Challenge>, tally: Tally) {
  for await (const challenge of challenges) {
    const outcome = challenge.outcome ?? 'OPEN';
    tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
    yield challenge;
  }
};

const newestFirst = (a: Challenge, b: Challenge): number =>
  createdAt(b.challengeId) - createdAt(a.challengeId) || (a.challengeId < b.challengeId ? 1 : -1);

/** Yields the newest challenges, newest first. Keeps fewer than twice `limit` in memory. */
const newest = async function* (challenges: AsyncIterable<Challenge>, limit: number) {
  let kept: Challenge[] = [];
  for await (const challenge of challenges) {
    kept.push(challenge);
    if (kept.length >= 2 * limit) kept = kept.toSorted(newestFirst).slice(0, limit);
  }
  yield* kept.toSorted(newestFirst).slice(0, limit);
};

const one = async function* (found: Promise<Challenge | undefined>) {
  const challenge = await found;
  if (challenge !== undefined) yield challenge;
};

const ofRange = (
  trail: Trail,
  userId: string | undefined,
  { since, limit }: { readonly since: number; readonly limit: number | undefined },
  tally: Tally,
  onPage: OnPage,
): AsyncIterable<Challenge> => {
  if (userId !== undefined) {
    return tallied(trail.ofUser({ userId, since, ...(limit !== undefined && { limit }) }, onPage), tally);
  }
  const everyone = tallied(trail.ofEveryone({ since }, onPage), tally);
  return limit === undefined ? everyone : newest(everyone, limit);
};

export interface Search {
  /** Undefined if the search is for everybody's challenges. */
  readonly userId: string | undefined;
  readonly challenges: AsyncIterable<Challenge>;
  /** Is filled while a range is read. It stays empty for a single challenge. */
  readonly tally: Tally;
}

/** Yields one user's challenges newest first, everybody's in the order of reading. Throws `CommandError` for an unknown user. */
export const search = async (
  source: Pick<AuditSource, 'trail' | 'now' | 'findUser'>,
  options: AuditOptions,
  onPage: OnPage,
): Promise<Search> => {
  const { trail, now } = source;
  const { whose, challengeId, since, limit } = options;
  const userId = whose.kind === 'everyone' ? undefined : await findUserId(source.findUser, whose);
  const tally: Tally = new Map();
  if (challengeId === undefined) {
    return { userId, challenges: ofRange(trail, userId, { since: since(now), limit }, tally, onPage), tally };
  }
  const found = userId === undefined ? trail.find(challengeId, onPage) : trail.read({ userId, challengeId });
  return { userId, challenges: one(found), tally };
};
