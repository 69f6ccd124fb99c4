/** InitiateAuth: CUSTOM_AUTH, with or without SRP first, the flows of a password alone, and the refresh flows. */
import type { JsonObject, Operation } from '../../../ground/service.ts';
import {
  invalidParameter,
  missingParameter,
  notImplemented,
  refuseUnplayable,
  unsupportedOperation,
  userDisabled,
} from '../errors.ts';
import { clientId, readInput, required, type TextMap, text, textMap } from '../input.ts';
import type { Client, UserPool } from '../pool.ts';
import type { ChallengeAnswers } from '../sign-in/challenge-answers.ts';
import type { Flow } from '../sign-in/challenge-triggers.ts';
import { type CustomAuth, passed } from '../sign-in/custom-auth.ts';
import type { PoolTriggers } from '../sign-in/pool-triggers.ts';
import { beginExchange, isUsablePublicValue } from '../sign-in/srp.ts';
import type { ClientSecrets } from '../tokens/client-secrets.ts';
import type { Refresh } from '../tokens/refresh.ts';
import type { Directory } from '../users/directory.ts';
import type { FindSubject } from '../users/subjects.ts';

export interface InitiateAuthDependencies {
  readonly directory: Directory;
  readonly findSubject: FindSubject;
  readonly customAuth: CustomAuth;
  readonly answers: Pick<ChallengeAnswers, 'judgePlain'>;
  readonly refresh: Refresh;
  readonly secrets: ClientSecrets;
  readonly poolTriggers: PoolTriggers;
}

/** Those with a password sent as it is, which only servers have. */
export const ADMIN_FLOWS = ['ADMIN_NO_SRP_AUTH', 'ADMIN_USER_PASSWORD_AUTH'];
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

/** Throws InvalidParameterException for a name that nobody can have. */
const readName = ({ USERNAME }: TextMap): string => {
  if (USERNAME === undefined || USERNAME === '') throw missingParameter('USERNAME');
  if (USERNAME.length > 128) {
    const rule = 'Member must have length less than or equal to 128';
    throw invalidParameter(
      `1 validation error detected: Value at 'username' failed to satisfy constraint: ${rule}`,
    );
  }
  return USERNAME;
};

/** The client's public value; undefined if SRP does not come first. USER_SRP_AUTH has no other way to begin. */
const readPublicValue = ({ CHALLENGE_NAME, SRP_A }: TextMap, flow: Flow): string | undefined => {
  if (flow === 'custom' && CHALLENGE_NAME !== 'SRP_A') return undefined;
  if (SRP_A === undefined) throw missingParameter('SRP_A');
  if (!isUsablePublicValue(SRP_A)) throw invalidParameter('Invalid SRP_A');
  return SRP_A;
};

export const createInitiateAuth = (deps: InitiateAuthDependencies): Operation => {
  const { directory, findSubject, customAuth, answers, refresh, secrets, poolTriggers } = deps;

  const startSignIn = async (
    pool: UserPool,
    client: Client,
    flow: Flow,
    parameters: TextMap,
    validationData: TextMap,
  ): Promise<JsonObject> => {
    const username = readName(parameters);
    const clientPublic = readPublicValue(parameters, flow);
    secrets.checkHash(pool, client, username, parameters.SECRET_HASH);
    const subject = findSubject(pool, client, username);
    // If SRP comes first, a client that conceals users learns this only in the next step.
    const concealed = client.concealsUsers && clientPublic !== undefined;
    if (subject.kind === 'user' && !subject.user.enabled && !concealed) throw userDisabled();

    // ClientMetadata of InitiateAuth does not reach the challenge triggers.
    const step = { pool, client, subject, flow, clientMetadata: {} };
    if (clientPublic === undefined) return customAuth.proceed({ ...step, history: [] });

    // With SRP the triggers of a sign-in are called ("Define Auth challenge Lambda trigger"); their place in the order is not
    // documented. Without it AWS does not call this one, its support says (amplify-js 5318).
    const started = { ...step, history: [passed('SRP_A')] };
    await poolTriggers.beforeSignIn(started, validationData);
    return customAuth.proceed(started, beginExchange(subject.credential, clientPublic));
  };

  /** The password as it is. The triggers of a sign-in are called as with SRP. */
  const startPassword = async (
    pool: UserPool,
    client: Client,
    parameters: TextMap,
    validationData: TextMap,
  ): Promise<JsonObject> => {
    const username = readName(parameters);
    const { PASSWORD, SECRET_HASH } = parameters;
    if (PASSWORD === undefined || PASSWORD === '') throw missingParameter('PASSWORD');
    secrets.checkHash(pool, client, username, SECRET_HASH);
    const subject = findSubject(pool, client, username);
    const flow = 'password' as const;
    const step = { pool, client, subject, flow, history: [], clientMetadata: {} };
    await poolTriggers.beforeSignIn(step, validationData);
    return answers.judgePlain(step, PASSWORD);
  };

  const startRefresh = async (
    pool: UserPool,
    client: Client,
    { REFRESH_TOKEN, SECRET_HASH }: TextMap,
  ): Promise<JsonObject> => {
    // That it cannot be used is documented ("Refresh tokens"), and that InitiateAuth has such an exception; its text is not.
    if (client.rotationGraceMs !== undefined) {
      throw unsupportedOperation(
        `The client ${client.id} rotates refresh tokens. Refresh with GetTokensFromRefreshToken`,
      );
    }
    if (REFRESH_TOKEN === undefined) throw missingParameter('REFRESH_TOKEN');
    const AuthenticationResult = await refresh({
      pool,
      client,
      refreshToken: REFRESH_TOKEN,
      clientMetadata: {},
      checkUser: (username) => secrets.checkRefreshHash(pool, client, username, SECRET_HASH),
    });
    return { ChallengeParameters: {}, AuthenticationResult };
  };

  return async (input) => {
    const { ClientId, AuthFlow, AuthParameters, ClientMetadata } = readInput(input, schema);
    const { pool, client } = directory.client(ClientId);
    requireFlow(client, AuthFlow);
    if (REFRESH_FLOWS.includes(AuthFlow)) return startRefresh(pool, client, AuthParameters);
    refuseUnplayable(pool);
    switch (AuthFlow) {
      case 'CUSTOM_AUTH':
        return startSignIn(pool, client, 'custom', AuthParameters, ClientMetadata);
      case 'USER_SRP_AUTH':
        return startSignIn(pool, client, 'password', AuthParameters, ClientMetadata);
      case 'USER_PASSWORD_AUTH':
        return startPassword(pool, client, AuthParameters, ClientMetadata);
      default:
        throw notImplemented(AuthFlow);
    }
  };
};
