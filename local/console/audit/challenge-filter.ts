/** The filter of the audit trail page: which challenges it shows. */
import type { Challenge } from '../../../shared/domain/challenge.ts';
import type { ListedUser } from '../users/cognito-users.ts';
import { problemsOf } from './challenge-words.ts';

/** The filter as the page's address has it. */
export interface Filter {
  /** An email address or a sub; '' means everybody. */
  readonly user: string;
  /** `OPEN`, an outcome, a kind of problem, or `PROBLEM` for any problem; '' means everything. */
  readonly show: string;
  /** Words that the challenge must have; '' means any. */
  readonly search: string;
}

export const readFilter = (search: string): Filter => {
  const query = new URLSearchParams(search);
  const textOf = (name: keyof Filter) => query.get(name) ?? '';
  return { user: textOf('user'), show: textOf('show'), search: textOf('search') };
};

/** Writes the filter for the page's address; '' if it leaves nothing out. */
export const writeFilter = (filter: Filter): string => {
  const set = Object.entries(filter).filter(([, value]) => value !== '');
  return set.length === 0 ? '' : `?${new URLSearchParams(set)}`;
};

const isOfKind = (challenge: Challenge, show: string): boolean => {
  if (show === '' || show === (challenge.outcome ?? 'OPEN')) return true;
  const problems = problemsOf(challenge);
  return show === 'PROBLEM' ? problems.length > 0 : problems.some(({ kind }) => kind === show);
};

/** A challenge has in its ids, its mask and its facts what somebody may look for. */
const hasWords = (challenge: Challenge, search: string): boolean => {
  const all = JSON.stringify(challenge).toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
};

export const fits = (challenge: Challenge, { show, search }: Pick<Filter, 'show' | 'search'>): boolean =>
  isOfKind(challenge, show) && hasWords(challenge, search);

export type Whose =
  | { readonly kind: 'everybody' }
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'nobody' };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Takes a sub as it is, because a trail outlives its user. Looks up an address without regard to case, as Cognito does. */
export const whoseOf = async (
  text: string,
  listUsers: () => Promise<readonly ListedUser[]>,
): Promise<Whose> => {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return { kind: 'everybody' };
  if (UUID.test(wanted)) return { kind: 'user', userId: wanted };
  const user = (await listUsers()).find(({ email }) => email.toLowerCase() === wanted);
  return user === undefined ? { kind: 'nobody' } : { kind: 'user', userId: user.sub };
};
