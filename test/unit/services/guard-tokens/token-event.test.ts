import { describe, expect, test } from 'vitest';
import {
  readTokenSource,
  type TokenEvent,
  type TokenSource,
} from '../../../../services/guard-tokens/token-event.ts';

const sourceOf = (event: Readonly<Record<string, unknown>>): TokenSource =>
  readTokenSource({ request: {}, ...event } as unknown as TokenEvent);

/** What each version of the event may be for. In a known version whatever is not in the table is `other`. */
const TABLE: Readonly<Record<string, Readonly<Record<string, TokenSource>>>> = {
  TokenGeneration_Authentication: { 1: 'signIn', 2: 'signIn', 3: 'signIn' },
  TokenGeneration_NewPasswordChallenge: { 1: 'signIn', 2: 'signIn', 3: 'signIn' },
  TokenGeneration_RefreshTokens: { 1: 'refresh', 2: 'refresh', 3: 'refresh' },
  TokenGeneration_ClientCredentials: { 1: 'unknown', 2: 'unknown', 3: 'machine' },
  TokenGeneration_HostedAuth: {},
  TokenGeneration_AuthenticateDevice: {},
  TokenGeneration_SomethingNew: {},
  tokengeneration_refreshtokens: {},
  toString: {},
  ['__proto__']: {},
  '': {},
};
const KNOWN: readonly unknown[] = ['1', '2', '3'];
const VERSIONS = ['1', '2', '3', '4', '0', '', '1.0', 'V1_0', 1, 3, ['3'], null, undefined];

describe.each(Object.keys(TABLE))('tokens by %j', (triggerSource) => {
  test.each(VERSIONS.map((version) => [version]))('are for what the table says, in version %j', (version) => {
    const expected = typeof version === 'string' ? TABLE[triggerSource]?.[version] : undefined;

    expect(sourceOf({ version, triggerSource })).toBe(
      expected ?? (KNOWN.includes(version) ? 'other' : 'unknown'),
    );
  });
});

test.each([[undefined], [null], [3], [['TokenGeneration_RefreshTokens']], [{}]])(
  'tokens without a name for what they are for (%j) are for something else',
  (triggerSource) => {
    expect(sourceOf({ version: '1', triggerSource })).toBe('other');
  },
);

describe('tokens for a machine', () => {
  const ofMachine = (request: unknown) =>
    sourceOf({ version: '3', triggerSource: 'TokenGeneration_ClientCredentials', request });

  test.each([
    ['has no attributes', { scopes: ['stock/read'] }],
    ['has null for them', { userAttributes: null }],
    ['has none of them', { userAttributes: {} }],
    ['has null for each of them', { userAttributes: { sub: null, email: null } }],
  ])('have an event that %s', (_, request) => {
    expect(ofMachine(request)).toBe('machine');
  });

  test.each(['64e26182-c61c-4735-a8f9-c8d6c9bc022c', '', 0, false, {}])(
    'are not given for a user, whatever names that user (%j)',
    (sub) => {
      expect(ofMachine({ userAttributes: { sub } })).toBe('unknown');
      expect(ofMachine({ userAttributes: { sub }, userNotFound: true })).toBe('unknown');
    },
  );

  test.each([
    { email: 'alice@example.com' },
    { sub: null, email: 'alice@example.com' },
    { 'cognito:username': 'alice' },
    { email: '' },
    'alice',
    0,
  ])('are not given where anything else of a user is there (%j)', (userAttributes) => {
    expect(ofMachine({ userAttributes })).toBe('unknown');
  });
});

test.each([undefined, null, 'request', 3])('an event whose request is %j is none of Cognito’s', (request) => {
  for (const triggerSource of Object.keys(TABLE))
    for (const version of ['1', '2', '3'])
      expect(sourceOf({ version, triggerSource, request })).toBe('unknown');
});
