/** How a pool elsewhere is attached, and how often a pool is looked at. Neither is a setting, because it is about the app's pool. */
import { type Duration, Token } from 'aws-cdk-lib';
import { writeWrongSettings } from '../../shared/messages/stack/wrong-settings.ts';
import { PLACES } from '../../shared/pool/places.ts';
import type { ExistingPool } from '../pool/existing-pool.ts';
import { readTime, timeProblem } from './reporting-clients.ts';
import { durationSetting, isDuration, type Setting, SettingProblem } from './setting-kinds.ts';
import { SettingsError } from './settings.ts';

export interface GivenPoolOptions {
  readonly existingPool: ExistingPool | undefined;
  readonly watchPool: Duration | undefined;
}

/** What has a default has it. */
export type ExistingOptions = ExistingPool &
  Required<Pick<ExistingPool, 'attachBy' | 'replaceTriggers' | 'accept'>>;

const KNOWN = {
  attachBy: ['deployment', 'command'],
  replaceTriggers: PLACES,
  accept: [
    'devices',
    'mfa',
    'passkey-mfa',
    'first-factors',
    'recovery',
    'deletion-protection',
    '<client id>:session',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What is accepted of a client stands for all clients. */
const nameOf = (given: unknown): string => String(given).replace(/^[\w+]{1,128}(?=:session$)/, '<client id>');

/** What else may be meant. */
const HINTS: Readonly<Record<string, string>> = {
  accept: '. A client that lets users in without a code is named in reportingClients, with a date',
};

const ARNS = {
  smsRoleArn: {
    pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    example: 'arn:aws:iam::111122223333:role/texts',
  },
  customSenderKeyArn: {
    pattern: /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
    example: 'arn:aws:kms:us-east-1:111122223333:key/…',
  },
} as const;

const SESSION = durationSetting({ unit: 'minutes', min: 3, max: 15, default: 3, description: '' });
/** More often says nothing sooner that harms, and a day is long for a pool that gives tokens without a code. */
const WATCH = durationSetting({ unit: 'minutes', min: 15, max: 1440, default: 60, description: '' });

const problemsOfTime = (name: string, { read }: Setting<unknown>, given: unknown): readonly string[] => {
  if (given === undefined) return [];
  if (!isDuration(given) || given.isUnresolved()) return [`${name} must be a Duration that synthesis knows`];
  const value = read(given);
  return value instanceof SettingProblem ? [`${name} ${value.text.replace(/ \(default .*\)$/, '')}`] : [];
};

const NAMES: readonly string[] = [
  ...Object.keys(KNOWN),
  ...Object.keys(ARNS),
  'refreshUntil',
  'sessionValidity',
];

/** What is given without a value has its default, as it is JavaScript's way. Undefined if it is no object. */
const givenIn = (existing: unknown): ExistingPool | undefined =>
  typeof existing !== 'object' || Array.isArray(existing)
    ? undefined
    : Object.fromEntries(Object.entries(existing ?? {}).filter(([, value]) => (value ?? null) !== null));

const problemsOfRefresh = ({ refreshUntil }: ExistingPool): readonly string[] => {
  const problem = refreshUntil === undefined ? undefined : timeProblem(refreshUntil, Date.now());
  return problem === undefined ? [] : [`existingPool.refreshUntil ${problem.replace(/; .*$/, '')}`];
};

const problemsOfExisting = (existing: ExistingPool): readonly string[] => [
  ...Object.keys(existing)
    .filter((name) => !NAMES.includes(name))
    .map((name) => `existingPool has no ${name}; it has ${NAMES.join(', ')}`),
  ...Object.entries<readonly string[]>(KNOWN).flatMap(([name, known]) => {
    const value: unknown = existing[name as keyof typeof KNOWN];
    const isList = name !== 'attachBy';
    if (value !== undefined && Array.isArray(value) !== isList)
      return [`existingPool.${name} must be ${isList ? 'a list' : 'one'} of ${known.join(', ')}`];
    const given: readonly unknown[] = [value ?? []].flat();
    const wrong = given.filter((one) => !known.includes(nameOf(one)));
    const takes = `takes ${known.join(', ')}, and not`;
    return wrong.map((one) => `existingPool.${name} ${takes} ${String(one)}${HINTS[name] ?? ''}`);
  }),
  ...Object.entries(ARNS).flatMap(([name, { pattern, example }]) => {
    const arn = existing[name as keyof typeof ARNS];
    const isFine = arn === undefined || Token.isUnresolved(arn) || pattern.test(arn);
    return isFine ? [] : [`existingPool.${name} must be an ARN such as ${example}`];
  }),
  ...problemsOfRefresh(existing),
  ...problemsOfTime('existingPool.sessionValidity', SESSION, existing.sessionValidity),
];

/**
 * Throws a `SettingsError` that names all that cannot be used. `isElsewhere`: the stack does not make the pool. Returns what is said
 * of such a pool, with the defaults.
 */
export const readPoolOptions = (given: GivenPoolOptions, isElsewhere: boolean): ExistingOptions => {
  const { watchPool } = given;
  const existing = givenIn(given.existingPool ?? {});
  const isMisplaced = (given.existingPool ?? undefined) !== undefined && !isElsewhere;
  const problems = [
    ...(isMisplaced
      ? ['existingPool is about a pool that the stack does not make; leave it out for one that it makes']
      : []),
    ...(existing === undefined
      ? [`existingPool must be an object with any of ${NAMES.join(', ')}`]
      : problemsOfExisting(existing)),
    ...problemsOfTime('watchPool', WATCH, watchPool),
  ];
  if (problems.length > 0) throw new SettingsError(writeWrongSettings(problems));
  const { refreshUntil, ...others } = existing ?? {};
  const until = readTime(refreshUntil);
  return {
    attachBy: 'deployment',
    replaceTriggers: [],
    accept: [],
    ...others,
    ...(until !== undefined && { refreshUntil: new Date(until).toISOString() }),
  };
};
