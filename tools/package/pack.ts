/** `npm run pack`: builds the packages that apps install, and makes a tarball of each. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readValues } from '../../shared/command/options.ts';
import { runCommand } from '../../shared/command/run-command.ts';
import { buildPage } from '../../web/build/page-files.ts';
import { buildLocalPackage } from '../local-package/build.ts';
import { buildCommands } from './commands.ts';
import { buildFunctions } from './functions.ts';
import { publishedManifest } from './manifest.ts';
import { buildClient } from './modules/client.ts';
import { buildConstructs } from './modules/constructs.ts';
import { writeDeclarations } from './modules/entries.ts';
import { noticesOf, writeNotices } from './notices.ts';
import { runNpm } from './npm.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DIST = join(ROOT, 'dist');

/** The alarms name their runbooks by these paths. */
const DOCUMENTS = ['README.md', 'CHANGELOG.md', 'LICENSE', 'SECURITY.md', 'docs', 'examples'] as const;

/**
 * Pictures are large, and how the project works, is made, tested and released, and how true its local engines are, is for those
 * who have its sources. In an example there may be what npm, Vite, the CDK, the local system and Playwright have left.
 */
const isForUsers = (path: string): boolean =>
  !/docs\/(?:pictures|tests|adr|api|local\/(?:engines|cognito)\.md|architecture\.md|releases\/releasing\.md)$|\/(?:node_modules|dist|cdk\.out|\.local|test-results|package-lock\.json)$/.test(
    path.replaceAll('\\', '/'),
  );

/** Writes the package that is deployed with an app to `folder`, which must be empty. */
const buildPackage = async (folder: string): Promise<void> => {
  const temporary = mkdtempSync(join(tmpdir(), 'otp-types-'));
  try {
    const [functions, commands, { inputs: page }] = await Promise.all([
      // Not a copy of dist/functions, in which an earlier build may have left something.
      buildFunctions(join(folder, 'functions')),
      buildCommands(folder),
      buildPage(folder),
      writeDeclarations(temporary).then(() =>
        Promise.all([buildConstructs(folder, temporary), buildClient(folder, temporary)]),
      ),
    ]);
    const notices = noticesOf([...functions, ...commands, ...page]);
    writeFileSync(
      join(folder, 'THIRD-PARTY-NOTICES.md'),
      writeNotices(notices, 'The functions, the commands and the sign-in page'),
    );
  } finally {
    rmSync(temporary, { recursive: true });
  }
  for (const path of DOCUMENTS)
    cpSync(join(ROOT, path), join(folder, path), { recursive: true, filter: isForUsers });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(publishedManifest(), null, 2)}\n`);
};

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly entryCount: number;
}

const npmPack = async (folder: string): Promise<Packed> => {
  const args = ['pack', folder, '--pack-destination', dirname(folder), '--json', '--ignore-scripts'];
  const printed = await runNpm(args, ROOT);
  const [packed] = JSON.parse(printed) as readonly Packed[];
  if (packed === undefined) throw new Error(`npm packed nothing: ${printed}`);
  return packed;
};

/** By the folder below `dist` from which each is packed. */
const PACKAGES = { package: buildPackage, 'local-package': buildLocalPackage } as const;

const pack = async ([name, build]: readonly [string, (folder: string) => Promise<void>]): Promise<string> => {
  const folder = join(DIST, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build(folder);
  const { filename, size, entryCount } = await npmPack(folder);
  return `${join('dist', basename(filename))}: ${entryCount} files, ${Math.ceil(size / 1000)} KB`;
};

await runCommand({
  usage: {
    name: 'pack',
    synopsis: '',
    summary: 'builds the packages that apps install into dist; installs what is missing',
    options: {},
  },
  parse: (args) => readValues({}, args),
  run: async () => {
    const lines = await Promise.all(Object.entries(PACKAGES).map(pack));
    for (const line of lines) console.log(line);
  },
});
