import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ClaimValue,
  PreTokenFunctionInvalid,
  writeResponse,
} from '../../../../services/guard-tokens/claims-override.ts';
import type { TokenEvent } from '../../../../services/guard-tokens/token-event.ts';
import { anyJson } from '../fuzz/any-event.ts';

type Fields = Readonly<Record<string, unknown>>;

const anEvent = (version: string) =>
  ({ version, userName: 'alice', request: { userAttributes: {} }, response: {} }) as unknown as TokenEvent;

const DETAILS: Fields = {
  1: 'claimsOverrideDetails',
  2: 'claimsAndScopeOverrideDetails',
  3: 'claimsAndScopeOverrideDetails',
};
const VERSIONS = Object.keys(DETAILS);

/** What Cognito would read from the response, as it comes over the wire. */
const detailsFor = (version: string, response: unknown, value?: ClaimValue): Fields => {
  const result = JSON.parse(JSON.stringify(writeResponse(anEvent(version), response, value)));
  expect(Object.keys(result.response)).toEqual([DETAILS[version]]);
  expect({ ...result, response: {} }).toEqual(anEvent(version));
  return result.response[String(DETAILS[version])];
};
const tokensIn = (version: string, details: Fields): readonly Fields[] =>
  version === '1'
    ? [details]
    : [details.idTokenGeneration as Fields, details.accessTokenGeneration as Fields];

const NAMES = ['tenant', 'email_otp', 'Email_otp', '__proto__', 'constructor', 'cognito:groups'];
const name = fc.constantFrom(...NAMES);
/** Any JSON, save -0, which JSON has not. */
const json = fc.json({ maxDepth: 2 }).map((text): unknown => JSON.parse(JSON.stringify(JSON.parse(text))));
const claims = fc.uniqueArray(fc.tuple(name, json), { selector: ([key]) => key });
const toObject = (entries: readonly (readonly [string, unknown])[]): Fields => Object.fromEntries(entries);

/** What an app's function says of one token: the claims that it adds and suppresses, and what else it may say. */
const aToken = fc.record({
  add: fc.option(claims),
  suppress: fc.option(fc.array(name)),
  others: fc.record({ scopesToAdd: fc.array(fc.string()) }, { requiredKeys: [] }),
});
type Token = typeof aToken extends fc.Arbitrary<infer T> ? T : never;

const asResponse = ({ add, suppress, others }: Token): Fields => ({
  ...others,
  claimsToAddOrOverride: add && toObject(add),
  claimsToSuppress: suppress,
});
const isOurs = (key: string) => key === 'email_otp';

/** What must become of it: everything but our claim is the app's. */
const merged = ({ add, suppress, others }: Token, value: ClaimValue | undefined): Fields => ({
  ...others,
  claimsToAddOrOverride: toObject([
    ...(add ?? []).filter(([key]) => !isOurs(key)),
    ...(value === undefined ? [] : [['email_otp', value] as const]),
  ]),
  claimsToSuppress: (suppress ?? []).filter((key) => !isOurs(key)),
});

const aValue = fc.constantFrom<ClaimValue | undefined>('verified', 'refreshed', undefined);
const groups = fc.record(
  { groupOverrideDetails: fc.constantFrom(null, {}, { groupsToOverride: ['staff'] }) },
  { requiredKeys: [] },
);

describe('the app’s changes and our claim are in the response, and ours cannot be changed', () => {
  test('in the ID token (version 1)', () => {
    fc.assert(
      fc.property(aToken, groups, aValue, (token, group, value) => {
        const response = { claimsOverrideDetails: { ...asResponse(token), ...group } };

        expect(detailsFor('1', response, value)).toEqual({ ...merged(token, value), ...group });
      }),
    );
  });

  test.each(['2', '3'])('in both tokens (version %s)', (version) => {
    fc.assert(
      fc.property(aToken, aToken, groups, aValue, (id, access, group, value) => {
        const response = {
          claimsAndScopeOverrideDetails: {
            idTokenGeneration: asResponse(id),
            accessTokenGeneration: asResponse(access),
            ...group,
          },
        };

        expect(detailsFor(version, response, value)).toEqual({
          idTokenGeneration: merged(id, value),
          accessTokenGeneration: merged(access, value),
          ...group,
        });
      }),
    );
  });

  test.each(VERSIONS)('whatever the app returns, or its response is refused (version %s)', (version) => {
    const anything = anyJson(['email_otp', 'claimsToSuppress', 'claimsToAddOrOverride']);
    const aDetail = fc.dictionary(
      fc.constantFrom('claimsToAddOrOverride', 'claimsToSuppress', 'idTokenGeneration'),
      anything,
    );
    const aResponse = fc.oneof(anything, fc.record({ [String(DETAILS[version])]: aDetail }));

    fc.assert(
      fc.property(aResponse, (response) => {
        try {
          for (const token of tokensIn(version, detailsFor(version, response, 'verified'))) {
            expect(token.claimsToAddOrOverride).toMatchObject({ email_otp: 'verified' });
            expect(token.claimsToSuppress).not.toContain('email_otp');
          }
        } catch (error) {
          if (!(error instanceof PreTokenFunctionInvalid)) throw error;
        }
      }),
    );
  });
});

describe('our claim is there', () => {
  const NOTHING = [
    ['nothing', undefined],
    ['no changes', {}],
    ['null', { claimsOverrideDetails: null, claimsAndScopeOverrideDetails: null }],
    ['changes of another version', { claimsToAddOrOverride: { email_otp: 'never' } }],
  ] as const;

  test.each(VERSIONS.flatMap((version) => NOTHING.map((nothing) => [version, ...nothing] as const)))(
    'in version %s where the response has %s',
    (version, _, response) => {
      for (const token of tokensIn(version, detailsFor(version, response, 'refreshed')))
        expect(token).toEqual({ claimsToAddOrOverride: { email_otp: 'refreshed' }, claimsToSuppress: [] });
    },
  );
});

describe('a response is refused', () => {
  const WRONG = [
    ['claims that are a list', { claimsToAddOrOverride: ['email_otp'] }],
    ['claims that are a text', { claimsToAddOrOverride: 'email_otp' }],
    ['one name to suppress', { claimsToSuppress: 'tenant' }],
    ['numbers to suppress', { claimsToSuppress: [1] }],
    ['a text for a token', 'everything'],
    ['a list for a token', []],
  ] as const;

  test.each(WRONG)('with %s', (_, token) => {
    const responses = [
      ['1', { claimsOverrideDetails: token }],
      ['2', { claimsAndScopeOverrideDetails: { idTokenGeneration: token } }],
      ['3', { claimsAndScopeOverrideDetails: { accessTokenGeneration: token } }],
    ] as const;

    for (const [version, response] of responses)
      expect(() => writeResponse(anEvent(version), response, 'verified')).toThrow(PreTokenFunctionInvalid);
  });

  test.each(VERSIONS)('whose changes have the form of another version than %s', (version) => {
    const own = String(DETAILS[version]);
    const [other = ''] = Object.values(DETAILS).filter((details) => details !== own) as string[];
    const changes = { claimsToSuppress: ['tenant'] };

    for (const response of [{ [other]: changes }, { [own]: null, [other]: changes }, { [other]: {} }])
      expect(() => writeResponse(anEvent(version), response, 'verified')).toThrow(PreTokenFunctionInvalid);
    expect(detailsFor(version, { [own]: {}, [other]: changes }, 'verified')).not.toMatchObject(changes);
  });

  test.each(['all', ['all'], 3])('that is %j', (response) => {
    expect(() => writeResponse(anEvent('2'), response, 'verified')).toThrow(PreTokenFunctionInvalid);
  });
});
