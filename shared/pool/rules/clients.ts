/** What an app client allows. */
import { type Json, jsonObject, jsonTexts } from '../json.ts';

/** Custom authentication asks for the code; refresh continues a sign-in that had one. */
const SAFE_FLOWS: readonly string[] = [
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'CUSTOM_AUTH_FLOW_ONLY', // The old name of the first; Cognito does not mix old with new.
];

/** Cognito's own for a client that names none. */
const DEFAULT_FLOWS: readonly string[] = [
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_SRP_AUTH',
];

const DEFAULT_SESSION_MINUTES = 3;

const flowsOf = ({ ExplicitAuthFlows }: Json): readonly string[] => {
  const flows = jsonTexts(ExplicitAuthFlows);
  return flows.length === 0 ? DEFAULT_FLOWS : flows;
};

/** The OAuth flows that can be used. */
export const oauthFlowsOf = ({
  AllowedOAuthFlowsUserPoolClient,
  AllowedOAuthFlows,
}: Json): readonly string[] => (AllowedOAuthFlowsUserPoolClient === true ? jsonTexts(AllowedOAuthFlows) : []);

/** Whether each refresh gives another refresh token. */
export const isRotating = ({ RefreshTokenRotation }: Json): boolean =>
  jsonObject(RefreshTokenRotation).Feature === 'ENABLED';

/** The ways to users' tokens without the code, by the API's names; none in a client that is safe. */
export const waysRound = (client: Json): readonly string[] => [
  ...flowsOf(client).filter((flow) => !SAFE_FLOWS.includes(flow)),
  ...oauthFlowsOf(client)
    .filter((flow) => flow !== 'client_credentials')
    .map((flow) => `OAuth ${flow}`),
];

export const isOpen = (client: Json): boolean => waysRound(client).length > 0;

/** Whether users can sign in to it with a code. */
export const asksForCode = (client: Json): boolean =>
  flowsOf(client).some((flow) => flow === 'ALLOW_CUSTOM_AUTH' || flow === 'CUSTOM_AUTH_FLOW_ONLY');

/** Whether users can get tokens from it at all. */
export const hasUsers = (client: Json): boolean => asksForCode(client) || isOpen(client);

/** Cognito's names before it had ALLOW_; with them tokens can always be refreshed. */
const isOldFlow = (flow: string): boolean => !flow.startsWith('ALLOW_');

/** Whether a refresh token of a user can give tokens there, whatever sign-in it came from. */
export const canRefresh = (client: Json): boolean =>
  flowsOf(client).some((flow) => flow === 'ALLOW_REFRESH_TOKEN_AUTH' || isOldFlow(flow)) ||
  isRotating(client) ||
  waysRound(client).some((way) => way.startsWith('OAuth'));

export const hasMachines = (client: Json): boolean => oauthFlowsOf(client).includes('client_credentials');

/** The seconds that Cognito waits for an answer. */
export const sessionSecondsOf = ({ AuthSessionValidity }: Json): number =>
  60 * (typeof AuthSessionValidity === 'number' ? AuthSessionValidity : DEFAULT_SESSION_MINUTES);

const LONGEST_NAME = 64;

/** Its name, as it goes into a sentence and a terminal, or its id. */
export const clientNameOf = (clientId: string, { ClientName }: Json): string => {
  const name = typeof ClientName === 'string' ? ClientName.replace(/[\s\p{C}]+/gu, ' ').trim() : '';
  return [...name].slice(0, LONGEST_NAME).join('') || clientId;
};
