/** Serves the URLs of functions: turns an HTTP request into Lambda's event (payload format 2.0), and what is returned into the reply. */
import type { Clock } from '../../ground/clock.ts';
import type { HttpReply, HttpRequest, Route } from '../../ground/endpoint.ts';
import { AwsError, type Invocation, type InvokeAs, isObject, type JsonObject } from '../../ground/service.ts';
import { FUNCTION_URLS } from '../../ground/template/physical-names.ts';
import type { Template } from '../../ground/template.ts';

export interface FunctionUrlDependencies {
  readonly template: Template;
  readonly clock: Clock;
  readonly invoke: InvokeAs;
}

export const isFunctionUrl = (path: string): boolean => path.startsWith(FUNCTION_URLS);

const message = (status: number, text: string): HttpReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ Message: text }),
});

const FORBIDDEN = message(
  403,
  'Forbidden. The function lets nobody call its URL, or not without a signature.',
);

/** Both permissions are needed (Lambda Developer Guide, "Control access to Lambda function URLs"). */
const isOpenToAll = (permissions: readonly JsonObject[], functionArn: string): boolean => {
  const allows = (action: string, condition: (permission: JsonObject) => boolean): boolean =>
    permissions.some(
      (permission) =>
        permission.Action === action &&
        permission.Principal === '*' &&
        [functionArn, functionArn.split(':').at(-1)].includes(String(permission.FunctionName)) &&
        condition(permission),
    );
  return (
    allows('lambda:InvokeFunctionUrl', ({ FunctionUrlAuthType: type = 'NONE' }) => type === 'NONE') &&
    allows('lambda:InvokeFunction', () => true)
  );
};

/** Lambda encodes every body that is no text by its type; that of a form is none. */
const isText = (contentType: string): boolean =>
  /^(?:text\/|application\/(?:json|xml|javascript)\b|[^;]*\+(?:json|xml)\b)/i.test(contentType);

const eventOf = (
  { method, path, headers, body, requestId }: HttpRequest,
  prefix: string,
  now: number,
): JsonObject => {
  const [location = '', query = ''] = path.slice(prefix.length - 1).split(/\?(.*)/s);
  const parameters = [...new Set(new URLSearchParams(query).keys())].map(
    (name) => [name, new URLSearchParams(query).getAll(name).join(',')] as const,
  );
  const encodes = !isText(headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: location,
    rawQueryString: query,
    headers,
    ...(parameters.length > 0 && { queryStringParameters: Object.fromEntries(parameters) }),
    requestContext: {
      accountId: 'anonymous',
      domainName: headers.host,
      http: {
        method,
        path: location,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'],
      },
      requestId,
      routeKey: '$default',
      stage: '$default',
      timeEpoch: now,
    },
    ...(body.length > 0 && { body: body.toString(encodes ? 'base64' : 'utf8') }),
    isBase64Encoded: body.length > 0 && encodes,
  };
};

/** Whatever a function returns without `statusCode` is the body. */
const replyOf = (invocation: Invocation): HttpReply => {
  if (invocation.kind !== 'returned') return message(502, 'Internal Server Error');
  const { payload } = invocation;
  const json = { 'content-type': 'application/json' };
  if (!isObject(payload) || payload.statusCode === undefined) {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload ?? null);
    return { status: 200, headers: json, body };
  }
  const { statusCode, headers = {}, body = '', isBase64Encoded } = payload;
  return {
    status: Number(statusCode),
    headers: { ...json, ...(headers as Readonly<Record<string, string>>) },
    body: isBase64Encoded === true ? Buffer.from(String(body), 'base64') : String(body),
  };
};

/** A route for the URLs of the template's functions. */
export const createFunctionUrls = ({ template, clock, invoke }: FunctionUrlDependencies): Route => {
  const permissions = template.ofType('AWS::Lambda::Permission').map(({ properties }) => properties);
  const urls = template.ofType('AWS::Lambda::Url').map(({ properties, names }) => ({
    prefix: new URL(names.attributes.FunctionUrl ?? '').pathname,
    functionArn: String(properties.TargetFunctionArn),
    isOpen: properties.AuthType === 'NONE' && isOpenToAll(permissions, String(properties.TargetFunctionArn)),
  }));
  return async (request) => {
    const url = urls.find(({ prefix }) => request.path.startsWith(prefix));
    if (url === undefined) return isFunctionUrl(request.path) ? message(404, 'Not Found') : undefined;
    if (!url.isOpen) return FORBIDDEN;
    try {
      const event = eventOf(request, url.prefix, clock.now());
      return replyOf(await invoke(url.functionArn, event, request.requestId));
    } catch (error) {
      if (error instanceof AwsError && error.status === 429) return message(429, error.message);
      throw error;
    }
  };
};
