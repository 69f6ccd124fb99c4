/** Serves all local AWS services at one endpoint, on loopback only. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { absentService, nothingServed } from './absent-service.ts';
import { type IsForPages, judgeOrigin } from './origin.ts';
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
  /** The id that the response names in its header, for whoever writes to a log about this request. */
  readonly requestId: string;
}

/** Returns the reply to a request, or undefined if the request is for another route. */
export type Route = (request: HttpRequest) => Promise<HttpReply | undefined> | HttpReply | undefined;

/** One finished request, for counting and for the log. */
export interface EndpointCall {
  readonly requestId: string;
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

/** What goes wrong with a request: it is refused and not done, or it is done and its response is lost. */
export type Disturbance =
  | { readonly kind: 'refused'; readonly error: AwsError }
  | { readonly kind: 'unanswered' };

/** Returns what goes wrong with this request, or undefined if nothing does. */
export type Disturb = (incoming: Incoming) => Disturbance | undefined;

export interface EndpointServices {
  /** AWS JSON services by the prefix of their `X-Amz-Target`. */
  readonly json: Readonly<Record<string, Operations>>;
  /** Services that read and write HTTP themselves, by the same prefix. */
  readonly raw: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>>;
  readonly routes: readonly Route[];
  /** Without it, pages of other servers may call nothing. */
  readonly isForPages?: IsForPages;
  /** True for a path that is open to everybody, and that judges by itself where a request comes from. */
  readonly isPublic?: (path: string) => boolean;
  readonly disturb?: Disturb;
  readonly onCall?: (call: EndpointCall) => void;
}

export interface Endpoint {
  readonly url: string;
  /** Starts to serve. Until then each request gets a 503. The services need the URL, so the endpoint opens before they exist. */
  mount(services: EndpointServices): void;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

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

/** Returns an error in AWS's shape: REST clients read the header, JSON clients read the body. */
export const errorReply = ({ code, message, status }: AwsError): HttpReply =>
  json(status, { __type: code, message }, { 'x-amzn-errortype': code });

/** Returns an error for whoever asked: a browser shows a text, where it would save AWS's JSON as a file. */
const refusal = (headers: IncomingHttpHeaders, error: AwsError): HttpReply =>
  headers.accept?.includes('text/html')
    ? { status: error.status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: error.message }
    : errorReply(error);

export const parseJson = (body: Buffer): JsonObject => {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8') || '{}');
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as JsonObject;
  } catch {
    // Refused below, like every other body that is not an object.
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

/** Ignores inherited properties: the names come from outside, and every object has a `toString`. */
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
  const absent = absentService(request);
  if (absent !== undefined) return absent;
  throw new AwsError('UnknownOperationException', nothingServed(request), 404);
};

/** Returns a reply to any request. An unexpected error of an engine becomes a 500. */
const answer = async (services: EndpointServices, request: HttpRequest): Promise<HttpReply> => {
  try {
    return await dispatch(services, request);
  } catch (error) {
    if (error instanceof AwsError) return refusal(request.headers, error);
    console.error(`The local endpoint failed in request ${request.requestId}:`, error);
    const failure = new AwsError('InternalFailure', 'The local endpoint failed; see its terminal', 500);
    return refusal(request.headers, failure);
  }
};

const write = (response: ServerResponse, { status, headers = {}, body }: HttpReply): void => {
  if (body instanceof Readable) {
    response.writeHead(status, headers);
    pipeline(body, response, () => {}); // pipeline closes both sides, also after an error.
    return;
  }
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
};

/** Of a public path without what is behind the question mark, because the log has the operation, and there may be a token. */
const callOf = (
  { isPublic }: EndpointServices,
  { method, url = '/', headers }: IncomingMessage,
): Pick<EndpointCall, 'caller' | 'operation'> => ({
  caller: /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '',
  operation: String(headers['x-amz-target'] ?? `${method} ${isPublic?.(url) ? url.split('?')[0] : url}`),
});

/** Breaks the connection after the service has done its work, and before any of the response is sent. */
const loseAnswer = (response: ServerResponse): void => {
  response.end = (() => response.destroy()) as typeof response.end;
};

/** Prevents DNS rebinding: a web page must not reach the endpoint under its own name, pointed at loopback. */
const isLocalHost = (host: string | undefined): boolean =>
  host === undefined || /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);

const foreignHost = (port: number | undefined): AwsError =>
  new AwsError(
    'AccessDeniedException',
    `This is served under the names of this machine alone. Open it as http://localhost:${port}`,
    403,
  );

const FOREIGN_PAGE =
  'A web page of another origin may call only what Cognito offers without AWS credentials, and only from http://localhost, http://127.0.0.1 or http://[::1], on any port';

/** Answers a preflight. Throws if the request must not be served. Returns whether it is to be served. */
const admit = (services: EndpointServices, request: IncomingMessage, response: ServerResponse): boolean => {
  const { isForPages = () => false, isPublic } = services;
  const { method = 'GET', url: path = '/', headers } = request;
  if (!isLocalHost(headers.host)) throw foreignHost(request.socket.localPort);
  if (isPublic?.(path)) return true;
  const { operation } = callOf(services, request);
  const admission = judgeOrigin({ method, path, headers, operation }, isForPages);
  if (admission.kind === 'refused') throw new AwsError('AccessDeniedException', FOREIGN_PAGE, 403);
  for (const [name, value] of Object.entries(admission.headers)) response.setHeader(name, value);
  if (admission.kind === 'preflight') write(response, { status: 200, body: '' });
  return admission.kind === 'admitted';
};

/** As most AWS services call it; the SDK gives it to `error.$metadata.requestId`. */
const REQUEST_ID = 'x-amzn-RequestId';

const serve = async (services: EndpointServices, request: IncomingMessage, response: ServerResponse) => {
  const call = callOf(services, request);
  response.on('finish', () => {
    // A service that speaks HTTP itself may have given the request an id of its own.
    const requestId = String(response.getHeader(REQUEST_ID));
    services.onCall?.({ ...call, requestId, status: response.statusCode });
  });
  try {
    if (!admit(services, request, response)) return;
    const body = await readBody(request);
    const disturbance = services.disturb?.({ ...call, body });
    if (disturbance?.kind === 'refused') throw disturbance.error;
    if (disturbance?.kind === 'unanswered') loseAnswer(response);
    const { method = 'GET', url: path = '/' } = request;
    const headers = request.headers as Readonly<Record<string, string | undefined>>;
    const raw = own(services.raw, (headers['x-amz-target'] ?? '').split('.')[0] ?? '');
    if (raw === undefined) {
      const requestId = String(response.getHeader(REQUEST_ID));
      return write(response, await answer(services, { method, path, headers, body, requestId }));
    }
    // The body is complete here, so a client that hangs up cannot interrupt the service.
    raw(
      Object.assign(Readable.from([body]), { headers, method, url: path }) as unknown as IncomingMessage,
      response,
    );
  } catch (error) {
    // Any other error here is a request that was cut off; nobody would read the reply.
    if (error instanceof AwsError) write(response, refusal(request.headers, error));
    else response.destroy();
  }
};

/** Longer than clients pause. With Node's default of 5 s the server may close a connection that a client is about to use. */
const KEEP_ALIVE_MS = 65_000;

const STARTING = new AwsError('ServiceUnavailableException', 'Still starting; try again', 503);

/** Listens on loopback. `port` 0 takes a free one. Rejects with `EADDRINUSE` if the port is taken. */
export const createEndpoint = async (port: number): Promise<Endpoint> => {
  let mounted: EndpointServices | undefined;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    response.setHeader(REQUEST_ID, randomUUID());
    if (mounted === undefined) write(response, refusal(request.headers, STARTING));
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
