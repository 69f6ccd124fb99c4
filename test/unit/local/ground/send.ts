/** Sends requests with node:http, because `fetch` decides itself about Host and Origin. */
import { type IncomingHttpHeaders, request } from 'node:http';

export interface Sent {
  readonly target?: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly path?: string;
}

export interface Received {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

export const send = (
  url: string,
  { target, body = '', headers = {}, method = 'POST', path = '/' }: Sent = {},
): Promise<Received> =>
  new Promise((resolve, reject) => {
    const all = { ...(target && { 'x-amz-target': target }), ...headers };
    const outgoing = request(`${url}${path}`, { method, headers: all, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
          headers: response.headers,
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.setTimeout(3_000, () => outgoing.destroy(new Error('The endpoint did not answer')));
    outgoing.end(body);
  });

/** The name of the exception in AWS's header. */
export const codeOf = ({ headers }: Received): unknown => headers['x-amzn-errortype'];
