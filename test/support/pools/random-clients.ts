/** App clients of all kinds, as requests that create them. */
import fc from 'fast-check';
import { type Json, jsonObject } from '../../../shared/pool/json.ts';
import { MEMORY_ACCOUNT } from './memory-cognito.ts';

const any = <Value>(values: readonly Value[]) => fc.constantFrom(...values);
const some = <Value>(values: readonly Value[], minLength = 0) => fc.subarray([...values], { minLength });
const maybe = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Json> =>
  fc.record(fields, { requiredKeys: [] });

const OLD_FLOWS = ['ADMIN_NO_SRP_AUTH', 'CUSTOM_AUTH_FLOW_ONLY', 'USER_PASSWORD_AUTH'];
const FLOWS = [
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
];
const ADDRESSES = ['https://example.com/in', 'https://shop.example.com'];

const flows = (pool: Json) =>
  fc.oneof(
    fc.constant(['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']),
    some(pool.UserPoolTier === 'LITE' ? FLOWS : [...FLOWS, 'ALLOW_USER_AUTH']),
    some(OLD_FLOWS, 1),
  );

const oauth = fc.oneof(
  fc.constant({}),
  fc
    .record({
      flows: some(['code', 'implicit'], 1),
      scopes: some(['openid', 'profile', 'orders/read'], 1),
      on: fc.boolean(),
    })
    .map(
      (one): Json => ({
        AllowedOAuthFlows: one.flows,
        AllowedOAuthScopes: one.scopes,
        AllowedOAuthFlowsUserPoolClient: one.on,
      }),
    ),
  fc.constant({
    AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthScopes: ['orders/read'],
    AllowedOAuthFlowsUserPoolClient: true,
    GenerateSecret: true,
  }),
);

const units = any(['minutes', 'hours', 'days']);

const analytics = maybe({ ExternalId: fc.constant('x'), UserDataShared: fc.boolean() }).map((rest) => ({
  ApplicationArn: `arn:aws:mobiletargeting:eu-central-1:${MEMORY_ACCOUNT}:apps/1`,
  ...rest,
}));

const settings = (pool: Json): fc.Arbitrary<Json> => {
  const hasTeam = JSON.stringify(jsonObject(pool).Schema ?? []).includes('team');
  const attributes = ['email', 'name', 'phone_number', ...(hasTeam ? ['custom:team'] : [])];
  return maybe({
    ExplicitAuthFlows: flows(pool),
    ReadAttributes: some([...attributes, 'email_verified']),
    WriteAttributes: some(attributes),
    RefreshTokenValidity: fc.integer({ min: 1, max: 30 }),
    AccessTokenValidity: fc.integer({ min: 1, max: 24 }),
    IdTokenValidity: fc.integer({ min: 1, max: 24 }),
    TokenValidityUnits: maybe({ AccessToken: units, IdToken: units, RefreshToken: units }),
    SupportedIdentityProviders: some(['COGNITO', 'Google']),
    CallbackURLs: some(ADDRESSES),
    LogoutURLs: some(ADDRESSES),
    AnalyticsConfiguration: analytics,
    PreventUserExistenceErrors: any(['ENABLED', 'LEGACY']),
    EnableTokenRevocation: fc.boolean(),
    EnablePropagateAdditionalUserContextData: fc.boolean(),
    AuthSessionValidity: fc.integer({ min: 3, max: 15 }),
    RefreshTokenRotation: any([{ Feature: 'ENABLED', RetryGracePeriodSeconds: 10 }, { Feature: 'DISABLED' }]),
  });
};

/** None to four clients of a pool that is created so. */
export const randomClients = (pool: Json): fc.Arbitrary<readonly Json[]> =>
  fc.array(
    fc.tuple(settings(pool), oauth, fc.boolean()).map(([set, grants, redirects]): Json => {
      const [DefaultRedirectURI] = Array.isArray(set.CallbackURLs) ? set.CallbackURLs : [];
      return { ...set, ...grants, ...(redirects && DefaultRedirectURI ? { DefaultRedirectURI } : {}) };
    }),
    { maxLength: 4 },
  );
