import { describe, expect, test } from 'vitest';
import { bundleConsole } from '../../../../local/console/pages.ts';
import { consoleRoute } from '../../../../local/console/server.ts';

const KILOBYTE = 1_000;

const get = async (path: string, method = 'GET', headers = {}) =>
  consoleRoute({ method, path, headers, body: Buffer.alloc(0), requestId: 'request-1' });

const html = async (path: string) => String((await get(path))?.body);

const PATHS = ['/', '/inbox', '/users', '/executions', '/audit', '/dashboard', '/faults'];

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
  test('are at most 150 KB for all pages together, besides Amplify and the dashboard’s widgets', async () => {
    const { assets } = await bundleConsole();
    const scripts = [...assets].filter(([path]) => path.endsWith('.js'));

    const own = scripts.filter(([path]) => !/^assets\/(?:amplify|widget-view)-/.test(path));
    const size = own.reduce((sum, [, { body }]) => sum + body.length, 0);

    expect(own.length).toBe(scripts.length - 2);
    expect(size).toBeLessThan(150 * KILOBYTE);
  });

  test('draw the dashboard’s widgets, libraries included, with at most 130 KB', async () => {
    const { assets } = await bundleConsole();

    const sizes = [...assets]
      .filter(([path]) => path.startsWith('assets/widget-view-'))
      .map(([, { body }]) => body.length);

    expect(sizes).toHaveLength(1);
    expect(sizes[0]).toBeLessThan(130 * KILOBYTE);
  });

  test.each([
    ['amplify', 'sign-in'],
    ['widget-view', 'dashboard'],
  ])('load %s for the page %s alone', async (chunk, page) => {
    const { assets } = await bundleConsole();

    const naming = [...assets]
      .filter(([, { body }]) => String(body).includes(`./${chunk}-`))
      .map(([path]) => path);

    expect(naming).toEqual([expect.stringMatching(new RegExp(`^assets/${page}-`))]);
  });
});
