/** Reads a client's properties, with AWS's defaults filled in. */
import type { JsonObject } from '../../../ground/service.ts';
import type { Client } from '../pool.ts';
import { isTrue, listed, record } from '../properties.ts';
import type { StoredSettings } from './stored-settings.ts';

const MINUTE = 60_000;
const UNITS: Readonly<Record<string, number>> = {
  seconds: 1000,
  minutes: MINUTE,
  hours: 60 * MINUTE,
  days: 1440 * MINUTE,
};
const DEFAULT_FLOWS = ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'];

/** The names without `ALLOW_`, from before 2019, add to the default or narrow it (SDK, `ExplicitAuthFlows`). */
const allowedBy = (flow: string): readonly string[] => {
  switch (flow) {
    case 'CUSTOM_AUTH_FLOW_ONLY':
      return ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];
    case 'ADMIN_NO_SRP_AUTH':
      return [...DEFAULT_FLOWS, 'ALLOW_ADMIN_USER_PASSWORD_AUTH'];
    case 'USER_PASSWORD_AUTH':
      return [...DEFAULT_FLOWS, 'ALLOW_USER_PASSWORD_AUTH'];
    default:
      return [flow];
  }
};

const readFlows = (given: readonly string[]): ReadonlySet<string> =>
  new Set(given.length === 0 ? DEFAULT_FLOWS : given.flatMap(allowedBy));

const optionalSet = (value: unknown) => (Array.isArray(value) ? new Set(listed(value)) : undefined);

const describe = (id: string, { GenerateSecret, ...properties }: JsonObject): JsonObject => ({
  ClientName: id,
  RefreshTokenValidity: 30,
  AuthSessionValidity: 3,
  TokenValidityUnits: {},
  AllowedOAuthFlowsUserPoolClient: false,
  EnablePropagateAdditionalUserContextData: false,
  ...properties,
  ClientId: id,
  EnableTokenRevocation: isTrue(properties.EnableTokenRevocation ?? true),
});

/** `stored` is missing for a client that is read from a template alone. */
export const readClient = (
  id: string,
  properties: JsonObject,
  stored?: Pick<StoredSettings, 'unknown' | 'createdAt' | 'modifiedAt'>,
): Client => {
  const units = record(properties.TokenValidityUnits);
  // AWS takes a validity of 0 for the default (RefreshTokenValidity in CreateUserPoolClient).
  const validity = (token: 'AccessToken' | 'IdToken' | 'RefreshToken', amount: number, unit: string) => {
    const given = Number(properties[`${token}Validity`] ?? 0);
    const unitMs = UNITS[given === 0 ? unit : String(units[token] ?? unit)] ?? Number.NaN;
    return (given || amount) * unitMs;
  };
  const { Feature, RetryGracePeriodSeconds = 0 } = record(properties.RefreshTokenRotation);
  return {
    id,
    properties,
    description: describe(id, properties),
    unknown: stored?.unknown ?? [],
    createdAt: stored?.createdAt ?? 0,
    modifiedAt: stored?.modifiedAt ?? 0,
    authFlows: readFlows(listed(properties.ExplicitAuthFlows)),
    concealsUsers: properties.PreventUserExistenceErrors === 'ENABLED',
    readAttributes: optionalSet(properties.ReadAttributes),
    writeAttributes: optionalSet(properties.WriteAttributes),
    sessionMs: Number(properties.AuthSessionValidity ?? 3) * MINUTE,
    accessTokenMs: validity('AccessToken', 1, 'hours'),
    idTokenMs: validity('IdToken', 1, 'hours'),
    refreshTokenMs: validity('RefreshToken', 30, 'days'),
    rotationGraceMs: Feature === 'ENABLED' ? Number(RetryGracePeriodSeconds) * 1000 : undefined,
    revokesTokens: isTrue(properties.EnableTokenRevocation ?? true),
    hasSecret: isTrue(properties.GenerateSecret),
  };
};
