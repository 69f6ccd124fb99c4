/** InitiateAuth: CUSTOM_AUTH, with or without SRP first, and the refresh flows. */
import type { JsonObject, Operation } from '../../../ground/service.ts';
import { invalidParameter, missingParameter, notImplemented, userDisabled } from '../errors.ts';
import { clientId, readInput, required, type TextMap, text, textMap } from '../input.ts';
import type { Client, UserPool } from '../pool.ts';
import { type CustomAuth, passed } from '../sign-in/custom-auth.ts';
import { beginExchange, isUsablePublicValue } from '../sign-in/srp.ts';
import type { Refresh } from '../tokens/refresh.ts';
import type { Directory } from '../users/directory.ts';
import type { FindSubject } from '../users/subjects.ts';

export interface InitiateAuthDependencies {
  readonly directory: Directory;
  readonly findSubject: FindSubject;
  readonly customAuth: CustomAuth;
  readonly refresh: Refresh;
}

const ADMIN_FLOWS = ['ADMIN_NO_SRP_AUTH', 'ADMIN_USER_PASSWORD_AUTH'];
const REFRESH_FLOWS = ['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'];
const OTHER_FLOWS = ['CUSTOM_AUTH', 'USER_AUTH', 'USER_PASSWORD_AUTH', 'USER_SRP_AUTH'];

const schema = {
  ClientId: clientId,
  AuthFlow: required(text({ values: [...ADMIN_FLOWS, ...REFRESH_FLOWS, ...OTHER_FLOWS] })),
  AuthParameters: textMap,
  ClientMetadata: textMap,
};

const requireFlow = ({ authFlows }: Client, flow: string): void => {
  if (ADMIN_FLOWS.includes(flow)) throw invalidParameter('Initiate Auth method not supported.');
  const setting = REFRESH_FLOWS.includes(flow) ? 'ALLOW_REFRESH_TOKEN_AUTH' : `ALLOW_${flow}`;
  if (authFlows.has(setting)) return;
  // AWS has two wordings.
  const oldFlow = flow === 'CUSTOM_AUTH' || flow === 'USER_SRP_AUTH';
  throw invalidParameter(
    oldFlow ? `${flow} is not enabled for the client.` : `${flow} flow not enabled for this client`,
  );
};

/** Throws InvalidParameterException for parameters that cannot start a custom authentication. */
const readStart = ({ USERNAME, CHALLENGE_NAME, SRP_A }: TextMap) => {
  if (USERNAME === undefined || USERNAME === '') throw missingParameter('USERNAME');
  if (USERNAME.length > 128) {
    const rule = 'Member must have length less than or equal to 128';
    throw invalidParameter(
      `1 validation error detected: Value at 'username' failed to satisfy constraint: ${rule}`,
    );
  }
  if (CHALLENGE_NAME !== 'SRP_A') return { username: USERNAME };
  if (SRP_A === undefined) throw missingParameter('SRP_A');
  if (!isUsablePublicValue(SRP_A)) throw invalidParameter('Invalid SRP_A');
  return { username: USERNAME, clientPublic: SRP_A };
};

export const createInitiateAuth = (deps: InitiateAuthDependencies): Operation => {
  const { directory, findSubject, customAuth, refresh } = deps;

  const startCustom = async (pool: UserPool, client: Client, parameters: TextMap): Promise<JsonObject> => {
    const { username, clientPublic } = readStart(parameters);
    const subject = findSubject(pool, client, username);
    // If SRP comes first, a client that conceals users learns this only in the next step.
    const concealed = client.concealsUsers && clientPublic !== undefined;
    if (subject.kind === 'user' && !subject.user.enabled && !concealed) throw userDisabled();

    // ClientMetadata of InitiateAuth does not reach the challenge triggers.
    const step = { pool, client, subject, clientMetadata: {} };
    return clientPublic === undefined
      ? customAuth.proceed({ ...step, history: [] })
      : customAuth.proceed(
          { ...step, history: [passed('SRP_A')] },
          beginExchange(subject.credential, clientPublic),
        );
  };

  const startRefresh = async (
    pool: UserPool,
    client: Client,
    { REFRESH_TOKEN }: TextMap,
  ): Promise<JsonObject> => {
    if (REFRESH_TOKEN === undefined) throw missingParameter('REFRESH_TOKEN');
    return { ChallengeParameters: {}, AuthenticationResult: await refresh(pool, client, REFRESH_TOKEN, {}) };
  };

  return async (input) => {
    const { ClientId, AuthFlow, AuthParameters } = readInput(input, schema);
    const { pool, client } = directory.client(ClientId);
    requireFlow(client, AuthFlow);
    if (REFRESH_FLOWS.includes(AuthFlow)) return startRefresh(pool, client, AuthParameters);
    if (AuthFlow === 'CUSTOM_AUTH') return startCustom(pool, client, AuthParameters);
    throw notImplemented(AuthFlow);
  };
};
