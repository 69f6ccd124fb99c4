/** The options of the command `audit`. */
import { usageError } from '../../shared/command/failure.ts';
import { readValues } from '../../shared/command/options.ts';
import { callOf } from '../../shared/command/place.ts';
import type { Usage } from '../../shared/command/usage.ts';
import { type ChallengeId, isChallengeId } from '../../shared/domain/challenge.ts';
import { type NamedUser, readNamedUser } from '../common/named-user.ts';
import { readSource, SOURCE_OPTIONS, type Source } from '../common/source.ts';

/** Whose challenges to show: those of one user, or everybody's. */
export type WhoseTrail = NamedUser | { readonly kind: 'everyone' };

export interface AuditOptions {
  readonly whose: WhoseTrail;
  readonly challengeId: ChallengeId | undefined;
  /** The start of the range by the service's clock; both in epoch milliseconds. */
  readonly since: (now: number) => number;
  /** How many challenges to show at most, the newest ones; undefined for no limit. */
  readonly limit: number | undefined;
  readonly json: boolean;
  /** Whether a terminal shows the full form, too. */
  readonly full: boolean;
  /** Where the trail is kept. */
  readonly source: Source;
}

const DEFAULT_SINCE = '24h';
const DEFAULT_USER_LIMIT = 20;

export const AUDIT = {
  name: 'audit',
  synopsis: '[options]',
  summary: "what became of codes: each challenge's trail and how it stands",
  options: {
    user: {
      heading: "Whose (without any of these: everybody's, by reading the whole table)",
      kind: 'text',
      value: '<email>',
      words: 'of this user; also by user name',
    },
    sub: {
      kind: 'text',
      value: '<sub>',
      words: 'of the user with this sub, even if the user is deleted',
    },
    challenge: {
      kind: 'text',
      value: '<id>',
      words: 'this one; with --user or --sub it is one read instead of many',
    },
    since: {
      heading: 'Which',
      kind: 'text',
      value: '<time>',
      words: `from then on: 90s, 15m, 24h, 7d ago, or 2025-01-15T12:00 (UTC); default ${DEFAULT_SINCE}`,
    },
    limit: {
      kind: 'text',
      value: '<n>',
      words: `the newest n; default ${DEFAULT_USER_LIMIT} for one user, no limit for everybody`,
    },
    json: {
      heading: 'How',
      kind: 'flag',
      words: `one JSON object per line and challenge (${callOf('audit', '--json').replace('npm run', 'npm run --silent')} | jq .standing);
for one user with wrong codes in a row or at a limit, a last line with "kind":"guard"`,
    },
    full: {
      kind: 'flag',
      words: `on a terminal, too, with every id and detail; a terminal shows lines of its own width,
a pipe or a file always gets the full form`,
    },
    ...SOURCE_OPTIONS,
  },
  exits: { done: 'found', notFound: 'no such user or challenge' },
} as const satisfies Usage;

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** Returns false for a day that its month does not have: `Date` would take it for a day of the next month. */
const isDay = (day: string): boolean => {
  const time = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
};

const readSince = (text: string): ((now: number) => number) => {
  const [, number, unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (number !== undefined) return (now) => now - Number(number) * (UNITS[unit] ?? 0);
  const [, time, , , zone] = ISO.exec(text) ?? [];
  const at = ISO.test(text)
    ? Date.parse(time !== undefined && zone === undefined ? `${text}Z` : text)
    : Number.NaN;
  if (Number.isNaN(at) || !isDay(text.slice(0, 10))) {
    throw usageError(`--since takes 90s, 15m, 24h, 7d or a time such as 2025-01-15T12:00, not "${text}"`);
  }
  return () => at;
};

const readLimit = (text: string): number => {
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < 1) throw usageError(`--limit must be a whole number from 1, not "${text}"`);
  return limit;
};

const readChallengeId = (text: string): ChallengeId => {
  const id = text.toLowerCase();
  if (isChallengeId(id)) return id;
  throw usageError('--challenge takes a challenge id, which looks like 0194699f-0a00-7000-8000-000000000001');
};

/** Throws `CommandError`. */
export const readAuditOptions = (args: readonly string[]): AuditOptions => {
  const values = readValues(AUDIT.options, args);
  const whose = readNamedUser(values.user, values.sub) ?? ({ kind: 'everyone' } as const);
  const challengeId = values.challenge === undefined ? undefined : readChallengeId(values.challenge);
  if (challengeId !== undefined && (values.since !== undefined || values.limit !== undefined)) {
    throw usageError('--challenge names one challenge, so --since and --limit say nothing about it');
  }
  const ofOne = whose.kind === 'everyone' ? undefined : DEFAULT_USER_LIMIT;
  if (values.json && values.full)
    throw usageError('--json has every detail, so --full says nothing about it');
  return {
    whose,
    challengeId,
    since: readSince(values.since ?? DEFAULT_SINCE),
    limit: values.limit === undefined ? ofOne : readLimit(values.limit),
    json: values.json,
    full: values.full,
    source: readSource(values),
  };
};
