/** `npx cognito-email-otp start`: finds the package with the local system, which few installations need, and starts it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import { runCommand } from '../../shared/command/run-command.ts';
import type { Usage } from '../../shared/command/usage.ts';

export const LOCAL_PACKAGE = 'cognito-email-otp-local';

/** The functions run on the Node that starts them, and on Lambda that is this one. */
const MIN_NODE = 24;

/** Where to look, and for whom. */
export interface LocalSearch {
  /** The version of this package, which the other one must have too. */
  readonly version: string;
  /** The version of the Node that runs: `24.1.0`. */
  readonly node: string;
  /** Folders, or files in them, from which modules are looked for, as a module there would. */
  readonly places: readonly string[];
}

export type FoundLocal =
  | { readonly kind: 'found'; readonly entry: string }
  /** `why` says what to do. */
  | { readonly kind: 'unusable'; readonly why: string };

const installLine = (version: string): string => `npm install --save-dev ${LOCAL_PACKAGE}@${version}`;

interface Installed {
  readonly version: string;
  readonly entry: string;
}

/** What a module of the place would load; nothing if there is no such package. */
const installedFor = (place: string): readonly Installed[] => {
  const { resolve } = createRequire(place);
  try {
    const { version } = JSON.parse(readFileSync(resolve(`${LOCAL_PACKAGE}/package.json`), 'utf8'));
    return [{ version, entry: pathToFileURL(resolve(`${LOCAL_PACKAGE}/start`)).href }];
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'MODULE_NOT_FOUND') return [];
    throw error;
  }
};

/** Of several, the first that has the version. */
export const findLocal = ({ version, node, places }: LocalSearch): FoundLocal => {
  if (Number.parseInt(node, 10) < MIN_NODE) {
    const why = `The local system needs Node.js ${MIN_NODE} or later, on which the functions run; this is ${node}. Install it from https://nodejs.org and start again with it`;
    return { kind: 'unusable', why };
  }
  const installed = places.flatMap(installedFor);
  const entry = installed.find((one) => one.version === version)?.entry;
  if (entry !== undefined) return { kind: 'found', entry };
  const [other] = installed;
  const what =
    other === undefined
      ? `The local system is in a package of its own, ${LOCAL_PACKAGE}, which is not installed`
      : `${LOCAL_PACKAGE} ${other.version} is installed, and this is cognito-email-otp ${version}; both must have one version`;
  return { kind: 'unusable', why: `${what}. Type: ${installLine(version)}` };
};

/** What is known of the command without the other package. */
export const START_LOCAL: Usage = {
  name: 'start',
  synopsis: '[options]',
  summary: "runs the app's template on this machine, with an inbox for the mails",
  options: {},
};

/** The options are those of `process.argv`. */
export const runStart = async (version: string): Promise<void> => {
  const places = [join(process.cwd(), 'package.json'), import.meta.url];
  const found = findLocal({ version, node: process.versions.node, places });
  if (found.kind === 'found') return void (await import(found.entry));
  await runCommand({
    usage: { ...START_LOCAL, notes: `The other options are not known here. ${found.why}` },
    parse: () => undefined,
    run: async () => {
      throw new CommandError(found.why, EXIT.failed);
    },
  });
};
