/** One AWS endpoint for all local services, on loopback only. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { AwsError, type JsonObject, type Operations } from './service.ts';

export interface HttpReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A stream is sent as it comes, and destroyed when the client hangs up or the endpoint closes. */
  readonly body: string | Buffer | Readable;
}

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** Answers a request that is its own, and undefined otherwise. */
export type Route = (request: HttpRequest) => Promise<HttpReply | undefined> | HttpReply | undefined;

/** One request as it was counted at the endpoint. */
export interface EndpointCall {
  /** The caller's access key id; each function has its own. */
  readonly caller: string;
  /** For instance `AWSStepFunctions.StartExecution`, or method and path. */
  readonly operation: string;
  readonly status: number;
}

/** A request on its way to a service. */
export interface Incoming extends Pick<EndpointCall, 'caller' | 'operation'> {
  readonly body: Buffer;
}

/** What goes wrong with a request: it is refused and not done, or done and its answer lost on the way. */
export type Disturbance =
  | { readonly kind: 'refused'; readonly error: AwsError }
  | { readonly kind: 'unanswered' };

/** Undefined for a request that is left alone. */
export type Disturb = (incoming: Incoming) => Disturbance | undefined;

export interface EndpointServices {
  /** AWS JSON services by the prefix of their `X-Amz-Target`. */
  readonly json: Readonly<Record<string, Operations>>;
  /** Services that speak HTTP themselves, by the same prefix. */
  readonly raw: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>>;
  readonly routes: readonly Route[];
  readonly disturb?: Disturb;
  readonly onCall?: (call: EndpointCall) => void;
}

export interface Endpoint {
  readonly url: string;
  /** Starts to serve; until then, requests are told to come back. The services need the URL, so it comes first. */
  mount(services: EndpointServices): void;
  close(): Promise<void>;
}

export const LOOPBACK = '127.0.0.1';

const MAX_BODY_BYTES = 6 * 1024 * 1024;

const json = (
  status: number,
  body: JsonObject,
  headers: Readonly<Record<string, string>> = {},
): HttpReply => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', ...headers },
  body: JSON.stringify(body),
});

/** An error in AWS's shape; the header is what REST clients read, the body what JSON clients read. */
export const errorReply = ({ code, message, status }: AwsError): HttpReply =>
  json(status, { __type: code, message }, { 'x-amzn-errortype': code });

export const parseJson = (body: Buffer): JsonObject => {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8') || '{}');
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as JsonObject;
  } catch {
    // Answered below like every other body that is not an object.
  }
  throw new AwsError('SerializationException', 'The request body must be a JSON object');
};

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new AwsError(
        'RequestEntityTooLargeException',
        `The request is larger than ${MAX_BODY_BYTES} bytes`,
        413,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** Names come from outside, and every object has a `toString`. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

const dispatch = async (services: EndpointServices, request: HttpRequest): Promise<HttpReply> => {
  const [prefix = '', operation = ''] = (request.headers['x-amz-target'] ?? '').split('.');
  if (prefix !== '') {
    const run = own(own(services.json, prefix) ?? {}, operation);
    if (run === undefined) {
      throw new AwsError('UnknownOperationException', `The local engines do not have ${prefix}.${operation}`);
    }
    return json(200, await run(parseJson(request.body)));
  }
  for (const route of services.routes) {
    const reply = await route(request);
    if (reply !== undefined) return reply;
  }
  throw new AwsError(
    'UnknownOperationException',
    `Nothing is served at ${request.method} ${request.path}`,
    404,
  );
};

/** Engines must not fall over whatever they are sent; what they did not foresee is their own fault, a 500. */
const answer = async (services: EndpointServices, request: HttpRequest): Promise<HttpReply> => {
  try {
    return await dispatch(services, request);
  } catch (error) {
    if (error instanceof AwsError) return errorReply(error);
    console.error('The local endpoint failed:', error);
    return errorReply(new AwsError('InternalFailure', 'The local endpoint failed; see its terminal', 500));
  }
};

const write = (response: ServerResponse, { status, headers = {}, body }: HttpReply): void => {
  if (body instanceof Readable) {
    response.writeHead(status, headers);
    pipeline(body, response, () => {}); // However it ends, both sides are done.
    return;
  }
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
};

const originOf = (request: IncomingMessage): Omit<EndpointCall, 'status'> => ({
  caller: /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '',
  operation: String(request.headers['x-amz-target'] ?? `${request.method} ${request.url}`),
});

/** The service does its work and writes its answer, and the connection breaks before any of it is sent. */
const loseAnswer = (response: ServerResponse): void => {
  response.end = (() => response.destroy()) as typeof response.end;
};

/** A web page that a browser has open must not reach the endpoint under a name that its owner points at loopback. */
const isLocalHost = (host: string | undefined): boolean =>
  host === undefined || /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);

const serve = async (services: EndpointServices, request: IncomingMessage, response: ServerResponse) => {
  const origin = originOf(request);
  response.on('finish', () => services.onCall?.({ ...origin, status: response.statusCode }));
  try {
    if (!isLocalHost(request.headers.host)) throw new AwsError('AccessDeniedException', 'Loopback only', 403);
    const body = await readBody(request);
    const disturbance = services.disturb?.({ ...origin, body });
    if (disturbance?.kind === 'refused') throw disturbance.error;
    if (disturbance?.kind === 'unanswered') loseAnswer(response);
    const { method = 'GET', url: path = '/' } = request;
    const headers = request.headers as Readonly<Record<string, string | undefined>>;
    const raw = own(services.raw, (headers['x-amz-target'] ?? '').split('.')[0] ?? '');
    if (raw === undefined) return write(response, await answer(services, { method, path, headers, body }));
    // The body is complete here, so that a client that hangs up cannot take the service down half-way.
    raw(
      Object.assign(Readable.from([body]), { headers, method, url: path }) as unknown as IncomingMessage,
      response,
    );
  } catch (error) {
    // Whatever else goes wrong here is a request that was cut off, and nobody reads the answer to that.
    if (error instanceof AwsError) write(response, errorReply(error));
    else response.destroy();
  }
};

/** Longer than clients pause: Node's five seconds let one close a connection that a busy client is just using again. */
const KEEP_ALIVE_MS = 65_000;

const notReady = (response: ServerResponse): void =>
  write(response, errorReply(new AwsError('ServiceUnavailableException', 'Still starting; try again', 503)));

/** Listens on loopback. `port` 0 takes a free one. Rejects with `EADDRINUSE` where the port is taken. */
export const createEndpoint = async (port: number): Promise<Endpoint> => {
  let mounted: EndpointServices | undefined;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    if (mounted === undefined) notReady(response);
    else void serve(mounted, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: LOOPBACK, port }, resolve);
  });
  return {
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    mount: (services) => {
      mounted = services;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
