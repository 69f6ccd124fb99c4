/** What clients of a pool allow that they should not. */
import { isDeepStrictEqual } from 'node:util';
import { isElsewhere } from '../pool/pool-elsewhere.ts';
import type { PoolCheckProps } from './pool-check.ts';
import { codeClientsOf, type PoolClient, sessionSeconds } from './pool-clients.ts';
import { adviceOf, type Remedy, type Warning } from './problem.ts';
import { nameOf, type Properties, textsOf } from './synthesized.ts';

/** Custom authentication asks for the code; refresh continues a sign-in that had one. */
const SAFE_FLOWS: readonly string[] = [
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'CUSTOM_AUTH_FLOW_ONLY', // The old name of the first; Cognito does not mix old with new.
];

/** The ways without the code that a client allows, in CloudFormation's words. */
const waysRound = ({ ExplicitAuthFlows, AllowedOAuthFlowsUserPoolClient }: Properties): readonly string[] => [
  ...(isDeepStrictEqual(ExplicitAuthFlows ?? [], [])
    ? ['ALLOW_USER_SRP_AUTH (by default, as it names no flows)']
    : []),
  ...textsOf(ExplicitAuthFlows).filter((flow) => !SAFE_FLOWS.includes(flow)),
  // Absent means false. A value that is known only at deployment may be true.
  ...(String(AllowedOAuthFlowsUserPoolClient ?? false) === 'false' ? [] : ['OAuth']),
];

const isUnsafe = ({ properties }: PoolClient): boolean => waysRound(properties).length > 0;

const letsIn = ({ resource, properties }: PoolClient): string =>
  `The client ${nameOf(resource)} lets users sign in without the code, by ${waysRound(properties).join(', ')}. `;

const REMEDY =
  'Create it with authFlows: { custom: true } and disableOAuth: true (in CloudFormation, ' +
  'ExplicitAuthFlows: [ALLOW_CUSTOM_AUTH, ALLOW_REFRESH_TOKEN_AUTH] and no OAuth), ' +
  'or allow it with a reason: ';

const allowance = ({ resource }: PoolClient): string =>
  `allowUnsafeClients: { '${nameOf(resource)}': 'why' }`;

export const problemsOfClients = (
  clients: readonly PoolClient[],
  { allowUnsafeClients }: PoolCheckProps,
): readonly string[] => {
  const unsafe = clients.filter(isUnsafe);
  const refused = unsafe
    .filter(({ isKnown, resource }) => isKnown && !Object.hasOwn(allowUnsafeClients, nameOf(resource)))
    .map((client) => `${letsIn(client)}${REMEDY}${allowance(client)}`);
  const misused = Object.entries(allowUnsafeClients).flatMap(([name, reason]) => {
    if (!unsafe.some(({ resource }) => nameOf(resource) === name))
      return [`allowUnsafeClients names ${name}, which is no client of this pool, or a safe one; remove it`];
    return reason.trim() === '' ? [`allowUnsafeClients has to say why it names ${name}`] : [];
  });
  return [...refused, ...misused];
};

/** The clients that may let users in without the code, if they belong to the pool. */
const unclear = (
  clients: readonly PoolClient[],
  { pool, allowUnsafeClients }: PoolCheckProps,
): readonly Warning[] =>
  clients
    .filter((client) => !client.isKnown && isUnsafe(client))
    .filter(({ resource }) => !Object.hasOwn(allowUnsafeClients, nameOf(resource)))
    .map((client) => ({
      at: client.resource,
      id: 'EmailOtp-UnclearPool',
      text:
        `${letsIn(client)}Only the deployment knows which user pool it belongs to. If that is ${isElsewhere(pool) ? pool.name : nameOf(pool.resource)}, ` +
        `nobody can sign in there without the code, because guard-tokens refuses them. ${REMEDY}${allowance(client)}`,
    }));

/** What to do about the client, in the words of whoever holds the pool or the client. */
const remedyOf = ({ resource }: PoolClient, { pool }: PoolCheckProps, remedy: Remedy): string =>
  adviceOf(remedy, (!isElsewhere(pool) && pool.isResource) || nameOf(resource) === resource.node.path);

const tooShort = (props: PoolCheckProps): readonly Warning[] =>
  codeClientsOf(isElsewhere(props.pool) ? props.pool : props.pool.resource)
    .filter(({ properties }) => sessionSeconds(properties) < props.codeSeconds)
    .map((client) => ({
      at: client.resource,
      id: 'EmailOtp-ShortSession',
      text:
        `The client ${nameOf(client.resource)} waits ${sessionSeconds(client.properties) / 60} minutes for a code that is ` +
        `valid for ${props.codeSeconds / 60} (AuthSessionValidity; Cognito's default is 3), so sign-ins end before their ` +
        `codes do. ${remedyOf(client, props, LONGEST_SESSION)}`,
    }));

const LONGEST_SESSION: Remedy = {
  how: 'with authSessionValidity: Duration.minutes(15)',
  property: 'AuthSessionValidity: 15',
};

const NO_EMAIL: Remedy = {
  how: 'with writeAttributes: new ClientAttributes().withStandardAttributes({ … }) without email',
  property: 'WriteAttributes without email',
};

const writable = (clients: readonly PoolClient[], props: PoolCheckProps): readonly Warning[] =>
  clients
    .filter(({ isKnown, properties: { WriteAttributes } }) => {
      const names = textsOf(WriteAttributes);
      return (
        isKnown && (names.length === 0 || names.some((name) => name === 'email' || name.startsWith('{')))
      );
    })
    .map((client) => ({
      at: client.resource,
      id: 'EmailOtp-WritableEmail',
      text:
        `The client ${nameOf(client.resource)} lets users write their email address, so whoever has a stolen session can ` +
        `move the codes to a mailbox of their own. ${remedyOf(client, props, NO_EMAIL)}`,
    }));

const NOTHING_REVEALED: Remedy = {
  how: 'with preventUserExistenceErrors: true',
  property: 'PreventUserExistenceErrors: ENABLED',
};

const revealing = (clients: readonly PoolClient[], props: PoolCheckProps): readonly Warning[] =>
  clients
    .filter(({ isKnown, properties }) => isKnown && properties.PreventUserExistenceErrors !== 'ENABLED')
    .map((client) => ({
      at: client.resource,
      id: 'EmailOtp-RevealsUsers',
      text: `The client ${nameOf(client.resource)} tells strangers which users exist. ${remedyOf(client, props, NOTHING_REVEALED)}`,
    }));

export const warningsOfClients = (
  clients: readonly PoolClient[],
  props: PoolCheckProps,
): readonly Warning[] => [
  ...unclear(clients, props),
  ...tooShort(props),
  ...writable(clients, props),
  ...revealing(clients, props),
];
