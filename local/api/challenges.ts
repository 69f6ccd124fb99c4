/** Reads the newest challenges of the audit trail, or one of them, for the page that shows them. */
import { type Challenge, isChallengeId } from '../../shared/domain/challenge.ts';
import type { Trail } from '../../shared/table/trail.ts';
import { AwsError } from '../ground/service.ts';
import type { LocalQueries } from './types.ts';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 500;

const readLimit = (text: string | undefined): number => {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new AwsError('ValidationException', `limit: a whole number from 1 to ${MAX_LIMIT}`);
};

/** Ids begin with their time, but the table has another order, so all of it must be read. */
const newestOf = async (
  challenges: AsyncIterable<Challenge>,
  limit: number,
): Promise<readonly Challenge[]> => {
  const all: Challenge[] = [];
  for await (const challenge of challenges) all.push(challenge);
  return all.toSorted((a, b) => (a.challengeId < b.challengeId ? 1 : -1)).slice(0, limit);
};

/** Newest first. Throws ValidationException. */
export const readChallenges = async (
  trail: Trail,
  { limit: wanted, user: userId, id }: LocalQueries['challenges.json'],
): Promise<readonly Challenge[]> => {
  if (id !== undefined) {
    const found = isChallengeId(id) ? await trail.find(id) : undefined;
    return found === undefined ? [] : [found];
  }
  const limit = readLimit(wanted);
  return newestOf(userId === undefined ? trail.ofEveryone({}) : trail.ofUser({ userId, limit }), limit);
};
