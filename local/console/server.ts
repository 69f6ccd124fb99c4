/** Serves the web console at the local endpoint's root. */
import type { HttpReply, Route } from '../ground/endpoint.ts';
import { bundleConsole } from './pages.ts';

/** Allows only files of this server: no inline script or style, no other host. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const COMMON_HEADERS = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

const page = (body: string): HttpReply => ({
  status: 200,
  headers: {
    ...COMMON_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy': CONTENT_SECURITY_POLICY,
  },
  body,
});

/** Serves only GET and HEAD requests. Requests of AWS clients to the root use POST, and belong to the services. */
export const consoleRoute: Route = async ({ method, path }) => {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const [name = ''] = path.slice(1).split('?');
  if (name === 'config.json') return { status: 307, headers: { location: '/_local/config.json' }, body: '' };
  if (name.startsWith('_local/') || name.startsWith('.well-known/')) return undefined;
  const { pages, assets } = await bundleConsole();
  const html = pages.get(name);
  if (html !== undefined) return page(html);
  const asset = assets.get(name);
  return (
    asset && {
      status: 200,
      headers: {
        ...COMMON_HEADERS,
        'content-type': asset.contentType,
        'cache-control': 'public, max-age=31536000, immutable',
      },
      body: asset.body,
    }
  );
};
