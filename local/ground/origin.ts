/** Decides which web pages may call the endpoint. Programs that are no browser send none of these headers. */
import type { IncomingHttpHeaders } from 'node:http';

/** What comes of a request. The headers belong to its response. */
export type Admission =
  | { readonly kind: 'admitted'; readonly headers: Readonly<Record<string, string>> }
  /** The request is a browser's question whether a page may send another one, and the headers say that it may. */
  | { readonly kind: 'preflight'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'refused' };

export interface PageRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** As in `EndpointCall`. */
  readonly operation: string;
}

/** True for what pages of this machine's other servers may call. */
export type IsForPages = (operation: string) => boolean;

const NEIGHBOUR = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Without Origin a browser sends what needs no leave: images, scripts, links. Of a foreign page's, only a link gets through. */
const isOwnWithoutOrigin = ({ method, headers }: PageRequest): boolean => {
  const site = headers['sec-fetch-site'] ?? 'none';
  if (site === 'none' || site === 'same-origin') return true;
  return method === 'GET' && headers['sec-fetch-dest'] === 'document';
};

/** Lets the page read the response, as Cognito lets every page. */
const readableBy = (origin: string) => ({
  'access-control-allow-origin': origin,
  'access-control-expose-headers': 'x-amzn-RequestId,x-amzn-ErrorType,Date',
  vary: 'Origin',
});

/** A preflight names the headers of the request that will follow, not their values, so not the operation. */
const judgePreflight = (
  { path, headers }: PageRequest,
  origin: string,
  isForPages: IsForPages,
): Admission => {
  const method = headers['access-control-request-method'] ?? '';
  const named = String(headers['access-control-request-headers'])
    .toLowerCase()
    .split(/\s*,\s*/);
  if (!named.includes('x-amz-target') && !isForPages(`${method} ${path}`)) return { kind: 'refused' };
  return {
    kind: 'preflight',
    headers: {
      ...readableBy(origin),
      'access-control-allow-methods': method,
      'access-control-allow-headers': '*',
      'access-control-max-age': '7200',
    },
  };
};

export const judgeOrigin = (request: PageRequest, isForPages: IsForPages): Admission => {
  const { origin, host } = request.headers;
  const isOwn = origin === undefined ? isOwnWithoutOrigin(request) : origin === `http://${host}`;
  if (isOwn) return { kind: 'admitted', headers: {} };
  if (origin === undefined || !NEIGHBOUR.test(origin)) return { kind: 'refused' };
  if (request.method === 'OPTIONS') return judgePreflight(request, origin, isForPages);
  return isForPages(request.operation)
    ? { kind: 'admitted', headers: readableBy(origin) }
    : { kind: 'refused' };
};
