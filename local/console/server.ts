/** Serves the web console at the local endpoint's root. */
import type { HttpReply, Route } from '../ground/endpoint.ts';
import { loadConsole } from './pages.ts';

/** Allows only files of this server: no inline script or style, no other host. */
const securityPolicy = (frames: "'none'" | "'self'"): string =>
  [
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frames}`,
  ].join('; ');

/** The gallery shows these in frames. Nobody can sign in there. */
const FRAMED: readonly string[] = ['gallery-state'];

const COMMON_HEADERS = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

const page = (body: string, status = 200, frames: "'none'" | "'self'" = "'none'"): HttpReply => ({
  status,
  headers: {
    ...COMMON_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy': securityPolicy(frames),
  },
  body,
});

const elsewhere = (status: number, location: string): HttpReply => ({
  status,
  headers: { location },
  body: '',
});

/** The name of the page that somebody means who types `/Audit`, `/inbox/` or `/index.html`. */
const meantBy = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/(?:^|\/)index\.html$|\.html$/, '');

/** Serves only GET and HEAD requests. Requests of AWS clients to the root use POST, and belong to the services. */
export const consoleRoute: Route = async ({ method, path, headers: { accept = '' } }) => {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const [, name = '', query = ''] = /^\/([^?]*)(.*)$/s.exec(path) ?? [];
  if (name === 'config.json') return elsewhere(307, `/_local/config.json${query}`);
  const { pages, assets, notFound } = await loadConsole();
  const html = pages.get(name);
  if (html !== undefined) return page(html, 200, FRAMED.includes(name) ? "'self'" : "'none'");
  const asset = assets.get(name);
  if (asset !== undefined) {
    const headers = {
      ...COMMON_HEADERS,
      'content-type': asset.contentType,
      // The names below assets/ change with what is in them.
      'cache-control': name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    };
    return { status: 200, headers, body: asset.body };
  }
  const meant = meantBy(name);
  if (pages.has(meant)) return elsewhere(307, `/${meant}${query}`);
  return accept.includes('text/html') ? page(notFound, 404) : undefined;
};
