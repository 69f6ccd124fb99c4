/** What attach keeps of its changes until detach, as JSON. */
import type { PoolChange } from './changes.ts';
import { jsonObject } from './json.ts';
import { PLACES } from './places.ts';

/** All that attach ever changes. */
const CHANGED = {
  pool: [
    ...PLACES.map((place) => `LambdaConfig.${place}`),
    'LambdaConfig.PreTokenGenerationConfig',
    'DeviceConfiguration',
    'MfaConfiguration',
    'Policies.SignInPolicy.AllowedFirstAuthFactors',
    'AccountRecoverySetting',
    'UserAttributeUpdateSettings',
    'DeletionProtection',
  ],
  client: [
    'ExplicitAuthFlows',
    'AllowedOAuthFlowsUserPoolClient',
    'AllowedOAuthFlows',
    'AllowedOAuthScopes',
    'CallbackURLs',
    'LogoutURLs',
    'DefaultRedirectURI',
    'WriteAttributes',
    'AuthSessionValidity',
    'PreventUserExistenceErrors',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const isChange = (value: unknown): value is PoolChange => {
  const { at, property, earlier = [] } = jsonObject(value);
  const { clientId } = jsonObject(at);
  const known: readonly string[] = at === 'pool' ? CHANGED.pool : CHANGED.client;
  return (
    (at === 'pool' || typeof clientId === 'string') &&
    known.includes(String(property)) &&
    Array.isArray(earlier)
  );
};

/** Undefined unless it is a list of changes as attach makes them. */
export const readKept = (value: unknown): readonly PoolChange[] | undefined =>
  Array.isArray(value) && value.every(isChange) ? value : undefined;
