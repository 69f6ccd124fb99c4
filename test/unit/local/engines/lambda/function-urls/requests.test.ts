import { describe, expect, it, test } from 'vitest';
import { createFunctionUrls } from '../../../../../../local/engines/lambda/function-urls.ts';
import { createClock } from '../../../../../../local/ground/clock.ts';
import type { HttpRequest } from '../../../../../../local/ground/endpoint.ts';
import { AwsError, type Invocation, type JsonObject } from '../../../../../../local/ground/service.ts';
import { aResource } from '../../../a-resource.ts';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:greet';
const URL_PATH = '/lambda-url/abc/';

const aUrl = (AuthType = 'NONE') =>
  aResource(
    'AWS::Lambda::Url',
    { TargetFunctionArn: ARN, AuthType },
    { ref: ARN, attributes: { FunctionUrl: `http://localhost:4000${URL_PATH}` } },
  );

const aPermission = (properties: JsonObject) =>
  aResource(
    'AWS::Lambda::Permission',
    { FunctionName: ARN, Principal: '*', ...properties },
    { ref: 'permission', attributes: {} },
  );

const OF_URL = aPermission({ Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' });
const OF_FUNCTION = aPermission({ Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true });

interface Given {
  readonly url?: ReturnType<typeof aUrl>;
  readonly permissions?: readonly ReturnType<typeof aPermission>[];
  readonly returned?: () => Promise<Invocation>;
}

/** Asks the route. Returns its reply and the events that the function got. */
const ask = async (
  request: Partial<HttpRequest>,
  {
    url = aUrl(),
    permissions = [OF_URL, OF_FUNCTION],
    returned = async () => ({ kind: 'returned', payload: { statusCode: 200, body: 'hello' } }),
  }: Given = {},
) => {
  const events: JsonObject[] = [];
  const resources = [url, ...permissions];
  const route = createFunctionUrls({
    template: {
      ...{ region: 'us-east-1', accountId: '000000000000', outputs: {} },
      ofType: (type) => resources.filter((resource) => resource.type === type),
    },
    clock: createClock(),
    invoke: (arn, event, requestId) => {
      expect([arn, requestId]).toEqual([ARN, 'request-1']);
      events.push(event as JsonObject);
      return returned();
    },
  });
  const asked = { method: 'GET', path: URL_PATH, headers: {}, body: Buffer.alloc(0), requestId: 'request-1' };
  return { reply: await route({ ...asked, ...request }), events };
};

const returning = (payload: unknown): Given => ({ returned: async () => ({ kind: 'returned', payload }) });

describe('a function URL', () => {
  it('gives the function method, path and query', async () => {
    const path = `${URL_PATH}a/b?t=1&t=2&u=%20x?y`;
    const { events } = await ask({ method: 'HEAD', path, headers: { host: 'localhost:4000' } });

    expect(events).toMatchObject([
      {
        version: '2.0',
        rawPath: '/a/b',
        rawQueryString: 't=1&t=2&u=%20x?y',
        queryStringParameters: { t: '1,2', u: ' x?y' },
        requestContext: { http: { method: 'HEAD', path: '/a/b' }, domainName: 'localhost:4000' },
        isBase64Encoded: false,
      },
    ]);
    expect(events[0]).not.toHaveProperty('body');
  });

  it.each([
    ['application/x-www-form-urlencoded', 'bm90TWU9eWVz', true],
    [undefined, 'bm90TWU9eWVz', true],
    ['text/plain; charset=utf-8', 'notMe=yes', false],
    ['application/json', 'notMe=yes', false],
    ['application/problem+json', 'notMe=yes', false],
  ])('encodes a body that is no text by its type: %s', async (type, body, isBase64Encoded) => {
    const { events } = await ask({
      method: 'POST',
      headers: { 'content-type': type },
      body: Buffer.from('notMe=yes'),
    });

    expect(events).toMatchObject([{ body, isBase64Encoded }]);
  });

  it.each([
    ['text', { statusCode: 405, headers: { allow: 'GET' }, body: 'no' }, 405, 'no'],
    [
      'an encoded body',
      { statusCode: 200, body: 'aGVsbG8=', isBase64Encoded: true },
      200,
      Buffer.from('hello'),
    ],
    ['no status', { ok: true }, 200, '{"ok":true}'],
    ['a plain text', 'hello', 200, 'hello'],
    ['nothing', undefined, 200, 'null'],
  ])('replies as the function says: %s', async (_, payload, status, body) => {
    const { reply } = await ask({}, returning(payload));

    expect(reply).toMatchObject({ status, body });
  });

  it.each<readonly [string, Given]>([
    ['the permission to call the URL', { permissions: [OF_FUNCTION] }],
    ['the permission to call the function', { permissions: [OF_URL] }],
    ['every permission', { permissions: [] }],
    [
      'permissions for everybody',
      {
        permissions: [OF_URL, OF_FUNCTION].map((it) => aPermission({ ...it.properties, Principal: 'x.com' })),
      },
    ],
    [
      'permissions for this function',
      { permissions: [OF_URL, aPermission({ ...OF_FUNCTION.properties, FunctionName: `${ARN}-other` })] },
    ],
    ['a type that lets in requests without a signature', { url: aUrl('AWS_IAM') }],
  ])('without %s is forbidden, and the function not called', async (_, given) => {
    const { reply, events } = await ask({}, given);

    expect(reply).toMatchObject({ status: 403, body: expect.stringContaining('Forbidden') });
    expect(events).toEqual([]);
  });

  test.each<Invocation>([
    { kind: 'failed', errorType: 'Error', errorMessage: 'the token is t=1' },
    { kind: 'timeout', errorMessage: 'after 10 s' },
  ])('hides why a function has failed: %o', async (invocation) => {
    const { reply } = await ask({}, { returned: async () => invocation });

    expect(reply).toMatchObject({ status: 502, body: '{"Message":"Internal Server Error"}' });
  });

  it('says that a function runs too often already, and fails for what nobody expects', async () => {
    const refusing = (error: Error): Given => ({ returned: () => Promise.reject(error) });

    const { reply } = await ask({}, refusing(new AwsError('TooManyRequestsException', 'too many', 429)));
    expect(reply).toMatchObject({ status: 429, body: '{"Message":"too many"}' });
    await expect(ask({}, refusing(new Error('a bug')))).rejects.toThrow('a bug');
  });

  it('that nobody has is not found, and another path is none', async () => {
    expect((await ask({ path: '/lambda-url/other/?t=1' })).reply).toMatchObject({ status: 404 });
    expect((await ask({ path: '/_local/faults.json' })).reply).toBeUndefined();
  });
});
