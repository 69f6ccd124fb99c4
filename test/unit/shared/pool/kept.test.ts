import { expect, test } from 'vitest';
import { mergeChanges } from '../../../../shared/pool/changes.ts';
import { readKept } from '../../../../shared/pool/kept.ts';
import { planAttach } from '../../../../shared/pool/plan.ts';
import { aClient, aPool, aState, aWish, OTHER } from '../../../support/pools/pools.ts';

/** Every change that there is. */
const state = aState({
  pool: aPool({
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
    MfaConfiguration: 'ON',
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['EMAIL_OTP'] } },
    AccountRecoverySetting: undefined,
    UserAttributeUpdateSettings: undefined,
    DeletionProtection: 'INACTIVE',
    LambdaConfig: { PreTokenGeneration: OTHER },
  }),
  clients: {
    web: aClient({
      ExplicitAuthFlows: undefined,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: ['https://shop.example.com/in'],
      LogoutURLs: ['https://shop.example.com/out'],
      DefaultRedirectURI: 'https://shop.example.com/in',
      WriteAttributes: undefined,
      AuthSessionValidity: 3,
      PreventUserExistenceErrors: 'LEGACY',
    }),
  },
});
const POOL = ['devices', 'mfa', 'first-factors', 'recovery', 'unverified-email', 'deletion-protection'];
const CLIENT = ['web', 'web:email', 'web:session', 'web:existence'];
const { changes } = planAttach(
  state,
  aWish({ close: [...POOL, ...CLIENT], replace: ['PreTokenGeneration'] }),
);

test('all changes are read as they were kept', () => {
  expect(changes).toHaveLength(5 + POOL.length + 10);
  const kept = mergeChanges(changes, changes);

  expect(JSON.stringify(readKept(JSON.parse(JSON.stringify(kept))))).toBe(JSON.stringify(kept));
});

test.each([
  [undefined],
  [null],
  ['text'],
  [{}],
  [[{}]],
  [[null]],
  [[{ at: 'pool', property: 'LambdaConfig.UserMigration', before: OTHER }]],
  [[{ at: 'pool', property: 'ExplicitAuthFlows' }]],
  [[{ at: { clientId: 'web' }, property: 'MfaConfiguration' }]],
  [[{ at: { clientId: 1 }, property: 'ExplicitAuthFlows' }]],
  [[{ at: 'pool', property: 'MfaConfiguration', earlier: 'x' }]],
  [[...changes, { at: 'pool', property: 'Name' }]],
])('%j is nothing that attach keeps', (value) => {
  expect(readKept(value)).toBeUndefined();
});
