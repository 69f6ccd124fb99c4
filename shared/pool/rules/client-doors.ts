/** The doors of one client. */
import { changesTo, type PoolChange } from '../changes.ts';
import { type Json, jsonObject, jsonTexts } from '../json.ts';
import {
  asksForCode,
  clientNameOf,
  hasUsers,
  isRotating,
  oauthFlowsOf,
  sessionSecondsOf,
  waysRound,
} from './clients.ts';
import type { Door, DoorContext } from './doors.ts';

export interface ClientOfPool {
  readonly clientId: string;
  readonly properties: Json;
  /** The properties of its pool. */
  readonly pool: Json;
}

/** What follows a client's id in the ids of its doors; the empty one is the open client itself. */
export const CLIENT_DOORS: readonly string[] = ['', ':email', ':session', ':existence'];

/** Cognito's longest, in minutes. */
const LONGEST_SESSION = 15;

/** What users' tokens may ask for; machines cannot. */
const USER_SCOPES: readonly string[] = [
  'openid',
  'email',
  'phone',
  'profile',
  'aws.cognito.signin.user.admin',
];

/** A client that rotates its refresh tokens cannot have the flow that does not. */
const safeFlows = (client: Json): readonly string[] =>
  isRotating(client) ? ['ALLOW_CUSTOM_AUTH'] : ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];

const hasSafeFlows = (client: Json): boolean =>
  asksForCode(client) && waysRound({ ...client, AllowedOAuthFlowsUserPoolClient: false }).length === 0;

/** Machines keep their flow. */
const closedOAuth = (client: Json): Json => {
  const flows = oauthFlowsOf(client);
  if (flows.every((flow) => flow === 'client_credentials')) return {};
  if (!flows.includes('client_credentials')) {
    return {
      AllowedOAuthFlowsUserPoolClient: false,
      AllowedOAuthFlows: undefined,
      AllowedOAuthScopes: undefined,
      // Cognito takes these only beside OAuth.
      CallbackURLs: undefined,
      LogoutURLs: undefined,
      DefaultRedirectURI: undefined,
    };
  }
  const scopes = jsonTexts(client.AllowedOAuthScopes).filter((scope) => !USER_SCOPES.includes(scope));
  return {
    AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthScopes: scopes.length === 0 ? undefined : scopes,
  };
};

const openDoor = ({ clientId, properties }: ClientOfPool): Omit<Door, 'at'> | undefined => {
  const ways = waysRound(properties);
  if (ways.length === 0) return undefined;
  const values = {
    ...(hasSafeFlows(properties) ? {} : { ExplicitAuthFlows: safeFlows(properties) }),
    ...closedOAuth(properties),
  };
  return {
    id: clientId,
    harm: `The client lets users in without the code, by ${ways.join(', ')}.`,
    remedy:
      `attach --close ${clientId} leaves it custom authentication. Or name it in reportingClients, and it goes on until a date, ` +
      'without the claim.',
    closes: changesTo({ clientId }, properties, values),
    blocks: true,
  };
};

/** A client that names no attributes may write these: the standard ones, which alone have no prefix. */
const standardIn = ({ SchemaAttributes }: Json): readonly string[] =>
  (Array.isArray(SchemaAttributes) ? SchemaAttributes : [])
    .map(jsonObject)
    .filter(({ Mutable, Required, DeveloperOnlyAttribute }) => {
      return (Mutable !== false || Required === true) && DeveloperOnlyAttribute !== true;
    })
    .map(({ Name }) => String(Name))
    .filter((name) => !name.includes(':'))
    .filter((name) => !['sub', 'email_verified', 'phone_number_verified', 'identities'].includes(name));

/** Cognito writes what it takes over from another provider by the client's own right, or the sign-in fails. */
const hasOtherProviders = ({ SupportedIdentityProviders }: Json): boolean =>
  jsonTexts(SupportedIdentityProviders).some((provider) => provider !== 'COGNITO');

/** Undefined if it cannot be narrowed: an empty list stands for the standard ones, and what a pool requires its clients must write. */
const withoutEmail = ({ clientId, properties, pool }: ClientOfPool): readonly PoolChange[] | undefined => {
  const { SchemaAttributes } = pool;
  const isRequired =
    Array.isArray(SchemaAttributes) &&
    SchemaAttributes.map(jsonObject).some(({ Name, Required }) => Name === 'email' && Required === true);
  const named = jsonTexts(properties.WriteAttributes);
  const rest = (named.length === 0 ? standardIn(pool) : named).filter((name) => name !== 'email');
  if (isRequired || hasOtherProviders(properties) || rest.length === 0) return undefined;
  return changesTo({ clientId }, properties, { WriteAttributes: rest });
};

const emailRemedy = (id: string, canClose: boolean, namesNone: boolean): string => {
  if (!canClose) {
    return 'Nothing closes it: the pool requires an address, the client has other identity providers, or it may write nothing else.';
  }
  return namesNone
    ? `attach --close ${id} sets WriteAttributes to the standard attributes without email, as it names none now. Custom ones are not in it.`
    : `attach --close ${id} takes email out of WriteAttributes.`;
};

const emailDoor = (client: ClientOfPool): Omit<Door, 'at'> | undefined => {
  const named = jsonTexts(client.properties.WriteAttributes);
  if (named.length > 0 && !named.includes('email')) return undefined;
  const id = `${client.clientId}:email`;
  const closes = withoutEmail(client);
  return {
    id,
    harm:
      'The client lets users write their email address, so whoever has a stolen session can move the codes to a mailbox of ' +
      'their own.',
    remedy: emailRemedy(id, closes !== undefined, named.length === 0),
    ...(closes === undefined ? {} : { closes }),
    blocks: false,
  };
};

const sessionDoor = (
  { clientId, properties }: ClientOfPool,
  { codeSeconds }: DoorContext,
): Omit<Door, 'at'> | undefined => {
  const seconds = sessionSecondsOf(properties);
  if (seconds >= codeSeconds) return undefined;
  const id = `${clientId}:session`;
  return {
    id,
    harm: `The client waits ${seconds / 60} minutes for a code that is valid for ${codeSeconds / 60}, so sign-ins end before their codes do.`,
    remedy: `attach --close ${id} sets AuthSessionValidity to ${LONGEST_SESSION}.`,
    closes: changesTo({ clientId }, properties, { AuthSessionValidity: LONGEST_SESSION }),
    blocks: false,
  };
};

const existenceDoor = ({ clientId, properties }: ClientOfPool): Omit<Door, 'at'> | undefined => {
  if (properties.PreventUserExistenceErrors === 'ENABLED') return undefined;
  const id = `${clientId}:existence`;
  return {
    id,
    harm: 'The client tells strangers which users exist.',
    remedy: `attach --close ${id} sets PreventUserExistenceErrors to ENABLED.`,
    closes: changesTo({ clientId }, properties, { PreventUserExistenceErrors: 'ENABLED' }),
    blocks: false,
  };
};

/** None in a client of machines alone. */
export const doorsOfClient = (client: ClientOfPool, context: DoorContext): readonly Door[] => {
  if (!hasUsers(client.properties)) return [];
  const at = { clientId: client.clientId, clientName: clientNameOf(client.clientId, client.properties) };
  return [openDoor(client), emailDoor(client), sessionDoor(client, context), existenceDoor(client)].flatMap(
    (door) => (door === undefined ? [] : [{ ...door, at }]),
  );
};
