import { describe, expect, test } from 'vitest';
import { loadConsole } from '../../../../local/console/pages.ts';
import { consoleRoute } from '../../../../local/console/server.ts';

const KILOBYTE = 1_000;

const get = async (path: string, method = 'GET', headers = {}) =>
  consoleRoute({ method, path, headers, body: Buffer.alloc(0), requestId: 'request-1' });

const html = async (path: string) => String((await get(path))?.body);

const PATHS = [
  '/',
  '/inbox',
  '/mail',
  '/users',
  '/executions',
  '/audit',
  '/dashboard',
  '/faults',
  '/runbooks',
  '/gallery',
];

describe('the pages of the console', () => {
  test.each(PATHS)(
    '%s is HTML that runs and styles nothing inline and loads nothing from elsewhere',
    async (path) => {
      const reply = await get(path);

      const body = String(reply?.body);
      expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
      expect(reply?.headers?.['content-security-policy']).toMatch(/^default-src 'self'; (?!.*unsafe)/);
      expect(body).not.toMatch(/\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)/);
      expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
      expect(body).not.toContain('{{');
    },
  );

  test.each(PATHS)('%s names itself as the current page, and no other', async (path) => {
    const current = [...(await html(path)).matchAll(/href="\.(\/\w*)"[^>]*aria-current="page"/g)];

    expect(current.map(([, href]) => href)).toEqual([path]);
  });

  test('what they refer to is served with its type, for as long as a browser likes', async () => {
    const body = await html('/');
    const references = [...body.matchAll(/(?:src|href)="(assets\/[^"]+)"/g)].map(([, path]) => `/${path}`);

    const replies = await Promise.all(references.map((path) => get(path)));

    const types = new Set(replies.map((reply) => reply?.headers?.['content-type']));
    expect(types).toEqual(
      new Set(['image/svg+xml', 'text/css; charset=utf-8', 'text/javascript; charset=utf-8']),
    );
    for (const reply of replies) expect(reply?.headers?.['cache-control']).toContain('immutable');
  });

  test.each(['/nothing', '/_local/inbox.json', '/assets/../package.json', '/assets/'])(
    'leaves %s to others where the client is no browser',
    async (path) => {
      expect(await get(path)).toBeUndefined();
    },
  );

  test('leaves what is posted to the AWS services', async () => {
    expect(await get('/', 'POST')).toBeUndefined();
  });
});

describe('a browser', () => {
  const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

  test.each([
    ['/inbox/', '/inbox'],
    ['/inbox//?x=1', '/inbox?x=1'],
    ['/Audit', '/audit'],
    ['/AUDIT/?user=1', '/audit?user=1'],
    ['/dashboard.html', '/dashboard'],
    ['/index.html', '/'],
    ['//', '/'],
  ])('that asks for %s is sent to %s', async (path, location) => {
    expect(await get(path, 'GET', BROWSER)).toMatchObject({ status: 307, headers: { location } });
  });

  test.each([
    '/nosuch',
    '/a/b/c',
    '/_local/nosuch',
    '/assets/',
    '//evil.example.com/',
    '/inbox/mail',
    '/%ff',
  ])('that asks for %s is shown a page with the way to all others', async (path) => {
    const reply = await get(path, 'GET', BROWSER);

    const links = [...String(reply?.body).matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href);
    expect(reply).toMatchObject({ status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(links).toEqual(PATHS);
    expect(String(reply?.body)).toMatch(/href="\/assets\/style-\w+\.css"/);
  });
});

describe('the scripts of the console', () => {
  /** What one page loads once it needs it: Cognito's client, the charts, the parser of Markdown. */
  const LAZY = ['amplify', 'widget-view', 'markdown'] as const;

  const scriptSizes = async (): Promise<readonly (readonly [string, number])[]> => {
    const { assets } = await loadConsole();
    return Array.from(assets, ([path, { body }]) => [path, body.length] as const).filter(([path]) =>
      path.endsWith('.js'),
    );
  };
  const isOf = (chunk: string, path: string) => path.startsWith(`assets/${chunk}-`);

  test('are at most 150 KB for all pages together, besides what has a library in it', async () => {
    const scripts = await scriptSizes();

    const own = scripts.filter(([path]) => !LAZY.some((chunk) => isOf(chunk, path)));
    const size = own.reduce((sum, [, bytes]) => sum + bytes, 0);

    expect(own.length).toBe(scripts.length - LAZY.length);
    expect(size).toBeLessThan(150 * KILOBYTE);
  });

  test('draw the dashboard’s widgets and read Markdown, libraries included, with at most 130 KB', async () => {
    const scripts = await scriptSizes();

    const sizes = scripts
      .filter(([path]) => isOf('widget-view', path) || isOf('markdown', path))
      .map(([, bytes]) => bytes);

    expect(sizes).toHaveLength(2);
    expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(130 * KILOBYTE);
  });

  test.each([
    ['amplify', ['sign-in']],
    ['widget-view', ['dashboard']],
    ['markdown', ['runbooks', 'widget-view']],
  ])('load %s for %j alone', async (chunk, pages) => {
    const { assets } = await loadConsole();

    const naming = [...assets]
      .filter(([, { body }]) => String(body).includes(`./${chunk}-`))
      .map(([path]) => /^assets\/(.*)-\w+\.js$/.exec(path)?.[1]);

    expect(naming.toSorted()).toEqual(pages);
  });

  test('of no page import a library before it is needed', async () => {
    const { assets } = await loadConsole();

    const heads = [...assets]
      .filter(([path]) => path.endsWith('.js'))
      .filter(([, { body }]) =>
        LAZY.some((chunk) => new RegExp(`(?:from|import)\\s*"\\./${chunk}-`).test(String(body))),
      );

    expect(heads.map(([path]) => path)).toEqual([]);
  });
});
