import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import {
  CLIENT_CREATION,
  CLIENT_UPDATE,
  type Members,
  MFA_CONFIG,
  POOL_CREATION,
  POOL_UPDATE,
  readMembers,
} from '../../../../../../local/engines/cognito/pools/members.ts';
import type { JsonObject } from '../../../../../../local/ground/service.ts';

// A new version of the SDK brings new members. An update that dropped them would lose them without a word.

const SIMPLE: Readonly<Record<number, unknown>> = {
  0: 'text',
  1: 1,
  2: true,
  64: ['text'],
  128: { a: 'text' },
};

/** A value with every member that a schema of the SDK has, at every depth. */
const sampleOf = (schema: unknown): unknown => {
  if (typeof schema === 'function') return sampleOf(schema());
  if (typeof schema === 'number') return SIMPLE[schema];
  const [kind, , , , first, second] = schema as readonly unknown[];
  if (typeof kind === 'function') return sampleOf(kind());
  if (kind === 0) return sampleOf(first);
  if (kind === 1) return [sampleOf(first)];
  if (kind === 2) return { a: sampleOf(second) };
  const members = second as readonly unknown[];
  return Object.fromEntries(
    (first as readonly string[]).map((name, index) => [name, sampleOf(members[index])]),
  );
};

const read = (members: Members, value: JsonObject) => readMembers(members, value, '', []);

describe('each member of the SDK’s request is read, at every depth', () => {
  test.each<[string, Members, unknown, readonly string[]]>([
    ['UpdateUserPool', POOL_UPDATE, sdk.UpdateUserPoolRequest$, ['UserPoolId']],
    ['CreateUserPool', { ...POOL_UPDATE, ...POOL_CREATION }, sdk.CreateUserPoolRequest$, []],
    ['SetUserPoolMfaConfig', MFA_CONFIG, sdk.SetUserPoolMfaConfigRequest$, ['UserPoolId']],
    ['UpdateUserPoolClient', CLIENT_UPDATE, sdk.UpdateUserPoolClientRequest$, ['UserPoolId', 'ClientId']],
    [
      'CreateUserPoolClient',
      { ...CLIENT_UPDATE, ...CLIENT_CREATION },
      sdk.CreateUserPoolClientRequest$,
      ['UserPoolId', 'ClientSecret'],
    ],
  ])('%s', (_, members, schema, elsewhere) => {
    const sample = sampleOf(schema) as JsonObject;
    const wanted = Object.fromEntries(Object.entries(sample).filter(([name]) => !elsewhere.includes(name)));

    expect(Object.keys(wanted).length).toBeGreaterThan(4);
    expect(read(members, sample)).toEqual(wanted);
  });
});

test('what the SDK does not know is dropped, and so is null, at every depth', () => {
  const request = {
    Invented: true,
    MfaConfiguration: null,
    Policies: { Invented: 1, PasswordPolicy: { MinimumLength: 8, RequireNumbers: null } },
  };

  expect(read(POOL_UPDATE, request)).toEqual({ Policies: { PasswordPolicy: { MinimumLength: 8 } } });
});

test.each<[JsonObject]>([
  [{ Policies: 'none' }],
  [{ AutoVerifiedAttributes: 'email' }],
  [{ UserPoolTags: ['stage'] }],
])('a value of another JSON type is refused: %j', (request) => {
  expect(() => read(POOL_UPDATE, request)).toThrow('is not of the expected type');
});

test('what is wrong in a value is said with its place', () => {
  const problems: string[] = [];
  const request = {
    AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 3, Name: 'verified_email' }] },
  };

  readMembers(POOL_UPDATE, request, '', problems);

  expect(problems).toEqual([
    "Value at 'accountRecoverySetting.recoveryMechanisms.1.member.priority' failed to satisfy constraint: " +
      'Member must have value less than or equal to 2',
  ]);
});
