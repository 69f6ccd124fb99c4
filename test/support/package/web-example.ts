/** An example that is a web app, in an empty folder, run as its README says beside a local system. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandsIn } from '../ministack/shell.ts';
import { start } from '../process/process.ts';
import { freePort } from '../system/free-port.ts';
import { succeedIn } from './workspace.ts';

const EXAMPLES = fileURLToPath(new URL('../../../examples', import.meta.url));

export interface WebExample {
  readonly folder: string;
  /** On another origin than the local system. */
  readonly url: string;
  end(): Promise<void>;
}

/** Copies the example, with the tarball in place of the published package. */
const copy = (name: string, tarball: string): string => {
  const folder = join(mkdtempSync(join(tmpdir(), 'web-')), name);
  cpSync(join(EXAMPLES, name), folder, {
    recursive: true,
    filter: (path) => !/\/(?:node_modules|dist|package-lock\.json)$/.test(path),
  });
  const manifest = join(folder, 'package.json');
  const { dependencies, ...rest } = JSON.parse(readFileSync(manifest, 'utf8'));
  const installed = { ...dependencies, 'cognito-email-otp': `file:${tarball}` };
  writeFileSync(manifest, JSON.stringify({ ...rest, dependencies: installed }));
  return folder;
};

const SERVE = 'npm run dev';

/** Types the commands of the README, with the address of the local system that runs. Resolves when Vite serves the app. */
export const startWebExample = async (
  name: string,
  { tarball, systemUrl }: { readonly tarball: string; readonly systemUrl: string },
): Promise<WebExample> => {
  const folder = copy(name, tarball);
  const { 'Beside the local system': commands = '' } = commandsIn(`examples/${name}/README.md`);
  const [before = '', after] = commands.replace('http://127.0.0.1:4566', systemUrl).split(`${SERVE}\n`);
  if (after !== '') throw new Error(`The commands in the README of ${name} do not end with ${SERVE}`);
  // npm asks its registry only for what it does not have already.
  await succeedIn(folder, 'bash', ['-euo', 'pipefail', '-c', before], { npm_config_prefer_offline: 'true' });

  const port = await freePort();
  const line = `cd '${folder}' && ${SERVE} -- --port ${port} --strictPort`;
  return new Promise((resolve, reject) => {
    // Vite colours its line where the environment says CI, and no word of it would be found.
    const server = start('bash', ['-c', line], { NODE_ENV: 'development', NO_COLOR: '1' }, (printed) => {
      if (printed.includes('Local:')) resolve({ folder, url: `http://localhost:${port}/`, end: server.end });
    });
    void server.ended.then(() => reject(new Error(server.output())));
  });
};
