/** A user pool through the SDK, with what the SDK itself would drop. */
import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListUserPoolClientsCommand,
  UpdateUserPoolClientCommand,
  type UpdateUserPoolClientCommandInput,
  UpdateUserPoolCommand,
  type UpdateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { type Json, jsonObject, withoutNulls } from './json.ts';
import type { Described, PoolApi } from './pool-api.ts';

/** Cognito's longest page of clients. */
const PAGE = 60;

/** The part of a command's middleware that this needs. */
interface Middleware {
  add(
    middleware: (next: (args: never) => Promise<Answered>) => (args: never) => Promise<Answered>,
    options: { readonly step: 'deserialize'; readonly priority: 'low'; readonly name: string },
  ): void;
}

interface Answered {
  readonly response: unknown;
}

const bytesOf = async (body: unknown): Promise<Uint8Array> => {
  if (body instanceof Uint8Array) return body;
  const parts: Uint8Array[] = [];
  for await (const part of body as AsyncIterable<Uint8Array>) parts.push(part);
  return Buffer.concat(parts);
};

/**
 * Sends, and gives the answer as it was sent, too. The SDK drops what its model does not know, at every depth. It gets the same
 * bytes.
 */
const sendRaw = async <Output>(
  middleware: unknown,
  send: () => Promise<Output>,
): Promise<{ readonly raw: Json; readonly output: Output }> => {
  let raw: Json = {};
  (middleware as Middleware).add(
    (next) => async (args) => {
      const answered = await next(args);
      const response = answered.response as { body?: unknown; readonly statusCode: number };
      const bytes = await bytesOf(response.body);
      response.body = bytes;
      if (response.statusCode === 200) raw = jsonObject(JSON.parse(Buffer.from(bytes).toString()));
      return answered;
    },
    { step: 'deserialize', priority: 'low', name: 'keepRawAnswer' },
  );
  const output = await send();
  return { raw, output };
};

/** The dotted paths in what was sent that the SDK's output lacks. */
const unknownIn = (raw: unknown, output: unknown, path = ''): readonly string[] => {
  if (typeof raw !== 'object' || raw === null) return [];
  if (output instanceof Date) return [];
  const known: Json = typeof output === 'object' && output !== null ? (output as Json) : {};
  const inner = (name: string) => (path === '' ? name : `${path}.${name}`);
  return Object.entries(raw).flatMap(([name, value]) =>
    known[name] === undefined ? [inner(name)] : unknownIn(value, known[name], inner(name)),
  );
};

/** Fails closed: a pool that seems to have nothing would be written back so. */
const described = (raw: unknown, output: unknown): Described => {
  const { ClientSecret: _, ...properties } = jsonObject(withoutNulls(raw));
  if (Object.keys(properties).length === 0) throw new EmptyAnswer('The API described nothing');
  return { properties, unknown: unknownIn(properties, output) };
};

export class EmptyAnswer extends Error {
  override readonly name = 'EmptyAnswer';
}

const listClients = async (client: CognitoIdentityProviderClient, UserPoolId: string) => {
  const ids: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ListUserPoolClientsCommand({ UserPoolId, MaxResults: PAGE, ...(NextToken && { NextToken }) }),
    );
    ids.push(...(page.UserPoolClients ?? []).flatMap(({ ClientId }) => ClientId ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return ids;
};

/** Every call throws the errors of the SDK, and `EmptyAnswer` if a description is empty. */
export const createPoolApi = (client: CognitoIdentityProviderClient, UserPoolId: string): PoolApi => ({
  describePool: async () => {
    const command = new DescribeUserPoolCommand({ UserPoolId });
    const { raw, output } = await sendRaw(command.middlewareStack, () => client.send(command));
    return described(raw.UserPool, output.UserPool);
  },
  describeMfa: async () => {
    const command = new GetUserPoolMfaConfigCommand({ UserPoolId });
    const { raw } = await sendRaw(command.middlewareStack, () => client.send(command));
    return jsonObject(withoutNulls(raw));
  },
  clientIds: () => listClients(client, UserPoolId),
  describeClient: async (ClientId) => {
    const command = new DescribeUserPoolClientCommand({ UserPoolId, ClientId });
    const { raw, output } = await sendRaw(command.middlewareStack, () => client.send(command));
    return described(raw.UserPoolClient, output.UserPoolClient);
  },
  updatePool: async (input) => {
    await client.send(new UpdateUserPoolCommand({ ...input, UserPoolId } as UpdateUserPoolCommandInput));
  },
  updateClient: async (ClientId, input) => {
    const request = { ...input, UserPoolId, ClientId } as UpdateUserPoolClientCommandInput;
    await client.send(new UpdateUserPoolClientCommand(request));
  },
});
