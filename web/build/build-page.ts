/** `npm run build-page`: writes the sign-in page for a deployed user pool, as files for any web server. */
import { fileURLToPath } from 'node:url';
import { runBuildPage } from './fill-page.ts';
import { buildPage } from './page-files.ts';

await runBuildPage(async () => (await buildPage(fileURLToPath(new URL('../../dist', import.meta.url)))).page);
