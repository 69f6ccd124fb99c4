import { describe, expect, test } from 'vitest';
import { undoOf, withChanges } from '../../../../../shared/pool/changes.ts';
import type { Json } from '../../../../../shared/pool/json.ts';
import { hasMachines, isOpen, waysRound } from '../../../../../shared/pool/rules/clients.ts';
import { doorsOf } from '../../../../../shared/pool/rules/doors.ts';
import { aClient, aPool, aState, aWish } from '../../../../support/pools/pools.ts';

const at = { clientId: 'web' };

const doors = (client: Json, pool: Json = {}) =>
  doorsOf(aState({ pool: aPool(pool), clients: { web: aClient(client) } }), aWish());

/** The client as closing its first door leaves it. */
const closed = (client: Json): Json => {
  const [door] = doors(client);
  expect(door?.id).toBe('web');
  return withChanges(aClient(client), door?.closes ?? [], at);
};

const oauth = (...AllowedOAuthFlows: readonly string[]): Json => ({
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows,
  AllowedOAuthScopes: ['openid', 'orders/read'],
});

test('a client without doors has none', () => {
  expect(doors({})).toEqual([]);
});

describe('a client is open', () => {
  test.each<[Json, readonly string[]]>([
    [{ ExplicitAuthFlows: undefined }, ['ALLOW_USER_SRP_AUTH']],
    [{ ExplicitAuthFlows: [] }, ['ALLOW_USER_SRP_AUTH']],
    [{ ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_USER_AUTH'] }, ['ALLOW_USER_AUTH']],
    [{ ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }, ['ALLOW_USER_PASSWORD_AUTH']],
    [{ ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'] }, ['ALLOW_ADMIN_USER_PASSWORD_AUTH']],
    [{ ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH'] }, ['ADMIN_NO_SRP_AUTH']],
    [{ ExplicitAuthFlows: ['USER_PASSWORD_AUTH'] }, ['USER_PASSWORD_AUTH']],
    [{ ExplicitAuthFlows: ['ALLOW_SOMETHING_NEW'] }, ['ALLOW_SOMETHING_NEW']],
    [oauth('code'), ['OAuth code']],
    [oauth('implicit', 'client_credentials'), ['OAuth implicit']],
  ])('with %j', (client, ways) => {
    expect(waysRound(aClient(client))).toEqual(ways);
    expect(doors(client)).toMatchObject([
      { id: 'web', at: { clientId: 'web', clientName: 'web-app' }, blocks: true },
    ]);
    expect(doors(client)[0]?.harm).toContain(ways.join(', '));
    expect(isOpen(closed(client))).toBe(false);
  });

  test.each<[Json]>([
    [{ ExplicitAuthFlows: ['CUSTOM_AUTH_FLOW_ONLY'] }],
    [{ ...oauth('code'), AllowedOAuthFlowsUserPoolClient: false }],
    [oauth('client_credentials')],
    [oauth()],
  ])('and is not with %j', (client) => {
    expect(doors(client)).toEqual([]);
  });

  test('if it is a machine that names no flows', () => {
    expect(doors({ ...oauth('client_credentials'), ExplicitAuthFlows: undefined })[0]?.id).toBe('web');
  });

  test('and a machine without users has no doors at all', () => {
    const machine = { ...oauth('client_credentials'), ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] };

    expect(doors({ ...machine, WriteAttributes: undefined, AuthSessionValidity: 3 })).toEqual([]);
  });
});

describe('closing an open client', () => {
  test('leaves custom authentication and refresh', () => {
    expect(closed({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }).ExplicitAuthFlows).toEqual([
      'ALLOW_CUSTOM_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
    ]);
    expect(closed({ ...oauth('code'), ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] })).toMatchObject({
      ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
  });

  test('leaves safe flows as they are', () => {
    const flows = { ExplicitAuthFlows: ['CUSTOM_AUTH_FLOW_ONLY'] };

    expect(closed({ ...oauth('code'), ...flows })).toMatchObject(flows);
  });

  test('gives no refresh flow to a client that rotates its tokens, as Cognito refuses both', () => {
    const RefreshTokenRotation = { Feature: 'ENABLED' };
    const flows = { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] };

    expect(closed({ ...flows, RefreshTokenRotation }).ExplicitAuthFlows).toEqual(['ALLOW_CUSTOM_AUTH']);
    expect(
      closed({ ...flows, RefreshTokenRotation: { Feature: 'DISABLED' } }).ExplicitAuthFlows,
    ).toHaveLength(2);
  });

  test('turns OAuth off, with its flows and scopes', () => {
    const client = closed(oauth('code', 'implicit'));

    expect(client).toMatchObject({ AllowedOAuthFlowsUserPoolClient: false });
    expect(client).not.toHaveProperty('AllowedOAuthFlows');
    expect(client).not.toHaveProperty('AllowedOAuthScopes');
  });

  test('leaves machines their flow, and the scopes that are theirs', () => {
    const client = closed(oauth('code', 'client_credentials'));

    expect(hasMachines(client)).toBe(true);
    expect(client).toMatchObject({
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['orders/read'],
    });
  });

  const URLS = {
    CallbackURLs: ['https://example.com'],
    LogoutURLs: ['https://example.com/out'],
    DefaultRedirectURI: 'https://example.com',
  };

  test('takes its addresses, which Cognito takes only beside OAuth, and leaves them beside that of machines', () => {
    for (const name of Object.keys(URLS))
      expect(closed({ ...oauth('code'), ...URLS })).not.toHaveProperty(name);
    expect(closed({ ...oauth('code', 'client_credentials'), ...URLS })).toMatchObject(URLS);
    expect(closed({ ...URLS, ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] })).toMatchObject(URLS);
  });

  test('is undone with all of it', () => {
    const open = aClient({ ...oauth('code'), ...URLS });
    const [door] = doors(open);
    const state = aState({ clients: { web: closed(open) } });
    const { changes } = undoOf(state, door?.closes ?? []);

    expect(withChanges(closed(open), changes, at)).toEqual(open);
  });

  test('touches nothing else', () => {
    const rest = { ReadAttributes: ['name'], SupportedIdentityProviders: ['COGNITO'] };

    expect(closed({ ...oauth('code'), ...rest })).toMatchObject(rest);
  });
});

describe('a client that lets users write their address', () => {
  test('is named, and loses that attribute alone', () => {
    const [door] = doors({ WriteAttributes: ['name', 'email', 'custom:team'] });

    expect(door).toMatchObject({ id: 'web:email', blocks: false });
    expect(door?.closes).toMatchObject([{ property: 'WriteAttributes', after: ['name', 'custom:team'] }]);
  });

  test.each([[undefined], [[]]])(
    'may write what is standard if it names %j, and is left the rest of that',
    (WriteAttributes) => {
      const [door] = doors({ WriteAttributes });

      expect(door?.closes).toMatchObject([{ after: ['name'] }]);
      expect(door?.remedy).toContain('Custom ones are not in it');
    },
  );

  test.each([
    [['COGNITO'], true],
    [undefined, true],
    [['COGNITO', 'Google'], false],
    [['MySAMLIdP'], false],
  ])('of users of %j: that it can be closed is %j', (SupportedIdentityProviders, canClose) => {
    for (const WriteAttributes of [undefined, ['name', 'email']]) {
      const [door] = doors({ WriteAttributes, SupportedIdentityProviders });

      expect(door?.id).toBe('web:email');
      expect(door?.closes !== undefined).toBe(canClose);
      expect(door?.remedy).toContain(canClose ? '--close web:email' : 'other identity providers');
    }
  });

  test('cannot be closed if nothing is left, as an empty list stands for all', () => {
    expect(doors({ WriteAttributes: ['email'] })).toMatchObject([{ id: 'web:email' }]);
    expect(doors({ WriteAttributes: ['email'] })[0]).not.toHaveProperty('closes');
  });

  test('cannot be closed if the pool requires an address, as its clients must write that', () => {
    const SchemaAttributes = [{ Name: 'email', Required: true }, { Name: 'name' }];

    expect(doors({ WriteAttributes: ['email', 'name'] }, { SchemaAttributes })[0]).not.toHaveProperty(
      'closes',
    );
  });
});

describe('a client that waits', () => {
  test.each([[undefined], [3], [4]])('%j minutes for a code of 5 is named', (AuthSessionValidity) => {
    const [door] = doors({ AuthSessionValidity });

    expect(door).toMatchObject({ id: 'web:session', blocks: false });
    expect(door?.harm).toContain(`${AuthSessionValidity ?? 3} minutes`);
    expect(door?.closes).toMatchObject([{ property: 'AuthSessionValidity', after: 15 }]);
  });

  test('as long as a code is valid is no door', () => {
    expect(doors({ AuthSessionValidity: 5 })).toEqual([]);
  });
});

test.each([[undefined], ['LEGACY']])(
  'a client that tells who exists (%j) is named',
  (PreventUserExistenceErrors) => {
    expect(doors({ PreventUserExistenceErrors })).toMatchObject([
      { id: 'web:existence', blocks: false, closes: [{ after: 'ENABLED' }] },
    ]);
  },
);

test.each([
  ['web\n\n  app\u001b[31m\u0007', 'web app [31m'],
  ['\u202eppa', 'ppa'],
  [`${'x'.repeat(63)}😀y`, `${'x'.repeat(63)}😀`],
  [' \n ', 'web'],
])('a client named %j is called %j', (ClientName, clientName) => {
  expect(doors({ ClientName, AuthSessionValidity: 3 })[0]?.at).toEqual({ clientId: 'web', clientName });
});

test('a client without a name is called by its id', () => {
  expect(doors({ ClientName: undefined, AuthSessionValidity: 3 })[0]?.at).toEqual({
    clientId: 'web',
    clientName: 'web',
  });
});
