/** A web app in Chromium, served on a port of its own, so that the local system is another origin for it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGUMENTS } from '../../support/browser/browser.ts';
import { type Pool, type Reply, remoteApp } from './client-app.ts';
import type { RunningApp } from './describe-client.ts';

/** Bundles an app as its author's build would. Its page calls it `client`. */
const bundle = async (name: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../apps/${name}.ts`, import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'client',
    // amazon-cognito-identity-js needs Node's name for the global object.
    define: { global: 'globalThis' },
  });
  return outputFiles[0]?.text ?? '';
};

/** Serves a page that has the script. The URL's host is another one than the local system's, too. */
const servePage = async (script: string) => {
  const page =
    '<!doctype html><title>App</title><link rel="icon" href="data:,"><script src="app.js"></script>';
  const server = createServer(({ url }, response) => {
    const isScript = url === '/app.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : page);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}/` };
};

export const startWebApp = async (name: string, executablePath: string, pool: Pool): Promise<RunningApp> => {
  const { server, url } = await servePage(await bundle(name));
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] });
  const page = await browser.newPage();
  await page.goto(url);
  await page.evaluate(`void (globalThis.app = client.createApp(${JSON.stringify(pool)}))`);
  return {
    ...remoteApp((call, ...args) => page.evaluate<Reply>(`app.${call}(...${JSON.stringify(args)})`)),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
};
