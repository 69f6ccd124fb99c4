// A server for development: bundles the page anew for each request, with the ids of the local pool.
import { fileURLToPath } from 'node:url';
import { context } from 'esbuild';
import { LOCAL, WEB_PORT } from '../e2e/addresses.ts';

const { userPoolId, userPoolClientId } = await (await fetch(`${LOCAL}/_local/config.json`)).json();

const folder = fileURLToPath(new URL('.', import.meta.url));
const page = await context({
  entryPoints: [`${folder}/page.ts`],
  outdir: folder,
  bundle: true,
  format: 'esm',
  define: { POOL: JSON.stringify({ userPoolId, userPoolClientId, userPoolEndpoint: LOCAL }) },
});
const { port } = await page.serve({ servedir: folder, host: 'localhost', port: Number(WEB_PORT) });
console.log(`http://localhost:${port}/`);
