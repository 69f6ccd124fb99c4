/** The doors of a pool that is created so, worked out from the requests alone, by other means than attach does. */
import { type Json, jsonObject, jsonTexts } from '../../../shared/pool/json.ts';
import { OURS, type RandomPool } from './random-pools.ts';

const SAFE = /^(ALLOW_CUSTOM_AUTH|ALLOW_REFRESH_TOKEN_AUTH|CUSTOM_AUTH_FLOW_ONLY)$/;

const takenDoors = ({ LambdaConfig }: Json): readonly string[] => {
  const config = jsonObject(LambdaConfig);
  const { LambdaArn: newer } = jsonObject(config.PreTokenGenerationConfig);
  return Object.entries(OURS).flatMap(([place, ours]) => {
    const found = (place === 'PreTokenGeneration' ? newer : undefined) ?? config[place];
    return found !== undefined && found !== ours ? [`taken:${place}`] : [];
  });
};

const poolDoors = ({ creation: pool, factors }: RandomPool): readonly string[] => {
  const text = (name: string): string => JSON.stringify(pool[name] ?? null);
  const hasMfa = (pool.MfaConfiguration ?? 'OFF') !== 'OFF';
  const names = text('UsernameAttributes') + text('AliasAttributes');
  const doors: Readonly<Record<string, boolean>> = {
    devices: /true|false/.test(text('DeviceConfiguration')),
    mfa: hasMfa,
    'passkey-mfa': hasMfa && JSON.stringify(factors ?? {}).includes('MULTI_FACTOR'),
    'first-factors': /_OTP|WEB_AUTHN/.test(text('Policies')),
    recovery:
      !/admin_only|phone/.test(text('AccountRecoverySetting')) ||
      /email/.test(text('AccountRecoverySetting')),
    migration: text('LambdaConfig').includes('UserMigration'),
    'unverified-email': !text('UserAttributeUpdateSettings').includes('email'),
    aliases: !names.includes('email') && !text('Schema').includes('email'),
    'deletion-protection': pool.DeletionProtection !== 'ACTIVE',
  };
  return [...takenDoors(pool), ...Object.keys(doors).filter((id) => doors[id])];
};

const clientDoors = (client: Json, id: string, codeSeconds: number): readonly string[] => {
  const flows = jsonTexts(client.ExplicitAuthFlows);
  const users =
    client.AllowedOAuthFlowsUserPoolClient === true &&
    /code|implicit/.test(jsonTexts(client.AllowedOAuthFlows).join());
  const isOpen = flows.length === 0 || users || flows.some((flow) => !SAFE.test(flow));
  if (!isOpen && !flows.join().includes('CUSTOM')) return [];
  const writes = jsonTexts(client.WriteAttributes);
  return [
    ...(isOpen ? [id] : []),
    ...(writes.length === 0 || writes.includes('email') ? [`${id}:email`] : []),
    ...(Number(client.AuthSessionValidity ?? 3) * 60 < codeSeconds ? [`${id}:session`] : []),
    ...(client.PreventUserExistenceErrors === 'ENABLED' ? [] : [`${id}:existence`]),
  ];
};

/** In the order in which attach names them. `clientIds` are those of the pool's clients, in their order. */
export const expectedDoors = (
  pool: RandomPool,
  clientIds: readonly string[],
  codeSeconds: number,
): readonly string[] => [
  ...poolDoors(pool),
  ...pool.clients.flatMap((client, index) => clientDoors(client, clientIds[index] ?? '', codeSeconds)),
];
