/** Reads requests about pools and clients, and says what a request makes of the properties that there are. */
import type { JsonObject } from '../../../ground/service.ts';
import { refuseProblems } from '../input.ts';
import {
  CLIENT_CREATION,
  CLIENT_UPDATE,
  type Members,
  POOL_CREATION,
  POOL_UPDATE,
  readMembers,
} from './members.ts';

/** Throws InvalidParameterException with every problem, or SerializationException for a wrong JSON type. */
export const readRequest = (members: Members, input: JsonObject): JsonObject => {
  const problems: string[] = [];
  const read = readMembers(members, input, '', problems);
  refuseProblems(problems);
  return read;
};

/** CloudFormation has another name for the name. */
const named = ({ PoolName, ...properties }: JsonObject): JsonObject =>
  PoolName === undefined ? properties : { ...properties, UserPoolName: PoolName };

export const readPoolCreation = (input: JsonObject): JsonObject =>
  named(readRequest({ ...POOL_UPDATE, ...POOL_CREATION }, input));

export const readPoolUpdate = (input: JsonObject): JsonObject => named(readRequest(POOL_UPDATE, input));

export const readClientCreation = (input: JsonObject): JsonObject =>
  readRequest({ ...CLIENT_UPDATE, ...CLIENT_CREATION }, input);

export const readClientUpdate = (input: JsonObject): JsonObject => readRequest(CLIENT_UPDATE, input);

const without = (properties: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));

/**
 * SDK, UpdateUserPool: "If you don't provide a value for an attribute, Amazon Cognito sets it to its default value." Only the
 * name stays, because a pool has to have one, and DcrConfiguration: "If you omit this parameter, Amazon Cognito keeps the existing
 * configuration."
 */
const KEPT_BY_POOL = ['PoolName', 'DcrConfiguration'];

export const updatedPool = (before: JsonObject, update: JsonObject): JsonObject => ({
  ...without(
    before,
    Object.keys(POOL_UPDATE).filter((name) => !KEPT_BY_POOL.includes(name)),
  ),
  ...update,
});

/** SDK, UpdateUserPoolClient: the same. A client keeps its name, and its secret, which no update can take away. */
const KEPT_BY_CLIENT = ['ClientName'];

export const updatedClient = (before: JsonObject, update: JsonObject): JsonObject => ({
  ...without(
    before,
    Object.keys(CLIENT_UPDATE).filter((name) => !KEPT_BY_CLIENT.includes(name)),
  ),
  ...update,
});
