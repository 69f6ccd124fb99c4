import { expect, it } from 'vitest';
import { clientFates, undoText } from '../../../../commands/detach/words.ts';
import type { PoolChange } from '../../../../shared/pool/changes.ts';
import type { Json } from '../../../../shared/pool/json.ts';
import type { PoolState } from '../../../../shared/pool/pool-state.ts';

const PLAIN = { notes: [], refusals: [] };

const stateOf = (LambdaConfig: Json, clients: Readonly<Record<string, Json>>): PoolState => ({
  pool: { properties: { LambdaConfig }, unknown: [] },
  mfa: {},
  clients: new Map(Object.entries(clients).map(([id, properties]) => [id, { properties, unknown: [] }])),
});

const CUSTOM = { ClientName: 'web', ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] };
const MACHINE = {
  ClientName: 'machine',
  ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['client_credentials'],
};
const STATE = stateOf(
  { DefineAuthChallenge: 'arn:ours' },
  { '1abc': CUSTOM, '2def': CUSTOM, '3ghi': MACHINE },
);

const off = (after?: string): PoolChange => ({
  at: 'pool',
  property: 'LambdaConfig.DefineAuthChallenge',
  before: 'arn:ours',
  ...(after !== undefined && { after }),
});
const OPENED: PoolChange = {
  at: { clientId: '1abc' },
  property: 'ExplicitAuthFlows',
  before: ['ALLOW_CUSTOM_AUTH'],
  after: ['ALLOW_USER_SRP_AUTH'],
};

it('a client that is opened again lets users in without a code, and one with custom authentication alone lets in nobody', () => {
  expect(clientFates(STATE, [off(), OPENED])).toEqual([
    { clientId: '1abc', fate: 'opened' },
    { clientId: '2def', fate: 'shut' },
  ]);
});

it('custom authentication that others had before goes on as theirs', () => {
  expect(clientFates(STATE, [off('arn:theirs')])).toEqual([]);
});

it('machines notice nothing, and what others have changed stays', () => {
  const left = [{ at: { clientId: '3ghi' }, property: 'WriteAttributes' }] as const;

  expect(
    undoText('eu-west-1_Abc', STATE, { ...PLAIN, changes: [off(), OPENED], left }),
  ).toBe(`User pool eu-west-1_Abc

What is put back:
  the pool
    LambdaConfig.DefineAuthChallenge: arn:ours -> nothing
  the client web (1abc)
    ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH"] -> ["ALLOW_USER_SRP_AUTH"]

What stays:
  WriteAttributes of the client 3ghi was changed by somebody else, and stays as it is.

What users of each client notice:
  web (1abc): users sign in with the password alone, without a code
  web (2def): nobody can sign in, as it allows custom authentication alone, which is gone`);
});

it('says that nothing is put back where nothing is', () => {
  expect(undoText('eu-west-1_Abc', STATE, { ...PLAIN, changes: [], left: [] })).toContain(
    'What is put back:\n  nothing',
  );
});
