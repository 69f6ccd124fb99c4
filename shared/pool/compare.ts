/** What is not as it was expected. */
import { type ChangeTarget, type PoolChange, withChanges } from './changes.ts';
import { isSame, type Json, jsonObject, withValue } from './json.ts';
import type { PoolState } from './pool-state.ts';
import { clientInput, MESSAGE_TWINS, poolInput } from './rules/writable.ts';

/** A property that is not as it was expected. */
export interface Difference {
  readonly at: ChangeTarget;
  /** Dotted; `client` if the client is gone, or is new. */
  readonly property: string;
  /** Missing, as `found` is, where the values are nobody's business. */
  readonly expected?: unknown;
  readonly found?: unknown;
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Addresses, texts and ids of senders, and secrets: they belong in no log and no answer. */
const PRIVATE =
  /^(EmailConfiguration|SmsConfiguration|AnalyticsConfiguration|AdminCreateUserConfig|GetUserPoolMfaConfig|ClientSecret)\b|^(?!LambdaConfig\b).*(Message|Subject)/;

const differenceAt = (at: ChangeTarget, property: string, expected: unknown, found: unknown): Difference => {
  if (property === '')
    return { at, property: 'client', expected: expected && 'there', found: found && 'there' };
  return PRIVATE.test(property) ? { at, property } : { at, property, expected, found };
};

/** By the names of the innermost properties. */
export const differencesIn = (
  at: ChangeTarget,
  expected: unknown,
  found: unknown,
  path: readonly string[] = [],
): readonly Difference[] => {
  if (isSame(expected, found)) return [];
  if (!isObject(expected) || !isObject(found)) return [differenceAt(at, path.join('.'), expected, found)];
  const names = new Set([...Object.keys(jsonObject(expected)), ...Object.keys(jsonObject(found))]);
  return [...names].flatMap((name) =>
    differencesIn(at, jsonObject(expected)[name], jsonObject(found)[name], [...path, name]),
  );
};

/** Cognito says one function by two names, also if it was told one of them. */
const functionsByBothNames = (config: Json): Json => {
  const { PreTokenGeneration, PreTokenGenerationConfig } = config;
  if (PreTokenGenerationConfig !== undefined) {
    return { PreTokenGeneration: jsonObject(PreTokenGenerationConfig).LambdaArn, ...config };
  }
  if (PreTokenGeneration === undefined) return config;
  const LambdaArn = PreTokenGeneration;
  return { ...config, PreTokenGenerationConfig: { LambdaArn, LambdaVersion: 'V1_0' } };
};

/** The days for which an invitation is valid have an older name, which is there only without the newer one. */
const withValidity = (policies: Json, days: unknown): Json =>
  days === undefined ? policies : withValue(policies, 'PasswordPolicy.TemporaryPasswordValidityDays', days);

/** What a pool means, whatever form it is said in: what Cognito fills in itself is filled in. */
const meaningOfPool = (properties: Json): Json => {
  const input = poolInput(properties);
  const { LambdaConfig, VerificationMessageTemplate, AdminCreateUserConfig, ...rest } = input;
  const { UnusedAccountValidityDays, ...inviting } = jsonObject(AdminCreateUserConfig);
  const twins = Object.entries(MESSAGE_TWINS);
  const fromTwins = twins.filter(([old]) => rest[old] !== undefined).map(([old, name]) => [name, rest[old]]);
  return {
    MfaConfiguration: 'OFF',
    DeletionProtection: 'INACTIVE',
    ...Object.fromEntries(Object.entries(rest).filter(([name]) => !twins.some(([old]) => old === name))),
    AdminCreateUserConfig: inviting,
    Policies: withValidity(jsonObject(rest.Policies), UnusedAccountValidityDays),
    LambdaConfig: functionsByBothNames(jsonObject(LambdaConfig)),
    VerificationMessageTemplate: {
      ...Object.fromEntries(fromTwins),
      ...jsonObject(VerificationMessageTemplate),
    },
  };
};

const meaningOfClient = (properties: Json): Json => ({
  AllowedOAuthFlowsUserPoolClient: false,
  EnablePropagateAdditionalUserContextData: false,
  AuthSessionValidity: 3,
  ...clientInput(properties),
});

const clientDifferences = (expected: PoolState, found: PoolState): readonly Difference[] =>
  [...new Set([...expected.clients.keys(), ...found.clients.keys()])].flatMap((clientId) => {
    const [one, other] = [expected.clients.get(clientId), found.clients.get(clientId)];
    return differencesIn(
      { clientId },
      one && meaningOfClient(one.properties),
      other && meaningOfClient(other.properties),
    );
  });

/** All that was changed in a pool, its clients and its factors, with the dates of the API. */
export const differencesBetween = (state: PoolState, other: PoolState): readonly Difference[] => [
  ...differencesIn('pool', state.pool.properties, other.pool.properties),
  ...differencesIn('pool', state.mfa, other.mfa, ['GetUserPoolMfaConfig']),
  ...[...new Set([...state.clients.keys(), ...other.clients.keys()])].flatMap((clientId) =>
    differencesIn(
      { clientId },
      state.clients.get(clientId)?.properties,
      other.clients.get(clientId)?.properties,
    ),
  ),
];

/** The pool, its clients and its factors as `changes` should have made them of `before`, against what is `found`. */
export const differencesAfter = (
  before: PoolState,
  changes: readonly PoolChange[],
  found: PoolState,
): readonly Difference[] => {
  const expected = changed(before, changes);
  // What Cognito makes of the factors when they are turned on or off is its own.
  const mfa = changes.some(({ at, property }) => at === 'pool' && property === 'MfaConfiguration')
    ? []
    : differencesIn('pool', before.mfa, found.mfa, ['GetUserPoolMfaConfig']);
  return [
    ...differencesIn('pool', meaningOfPool(expected.pool.properties), meaningOfPool(found.pool.properties)),
    ...mfa,
    ...clientDifferences(expected, found),
  ];
};

/** The state as the changes make it. */
export const changed = (state: PoolState, changes: readonly PoolChange[]): PoolState => ({
  pool: { ...state.pool, properties: withChanges(state.pool.properties, changes, 'pool') },
  mfa: withChanges(
    state.mfa,
    changes.filter(({ property }) => property === 'MfaConfiguration'),
    'pool',
  ),
  clients: new Map(
    [...state.clients].map(([clientId, client]) => [
      clientId,
      { ...client, properties: withChanges(client.properties, changes, { clientId }) },
    ]),
  ),
});
