/** Where the app comes from. It is read again when it may have changed. */
import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { checkParameters } from '../ground/template/parameters.ts';
import type { AppChoice, StartOptions } from '../options.ts';
import { synthesize } from '../synth.ts';
import { STACK_NAME } from '../system.ts';
import { foreignApp, type LoadApp, ownApp } from './app.ts';
import { readApp } from './app-files.ts';
import { synthesizeApp } from './synthesize-app.ts';

export interface AppSource {
  /** What is said while it is read. */
  readonly doing: string;
  /** Whether it is this repository's own stack. */
  readonly isOwn: boolean;
  /** Reads the app as it is now. Throws `CommandError`. */
  read(): Promise<LoadApp>;
  /** Changes with the files that somebody else writes; undefined if nobody else does. */
  stamp(): string | undefined;
  /** Whether somebody else writes the files from the start on. */
  readonly isWatched: boolean;
}

export interface SourcePlaces {
  /** The folder of the local system. */
  readonly folder: string;
  /** The folder of whoever started it. */
  readonly caller: string;
  /** That of the terminal. */
  readonly environment: NodeJS.ProcessEnv;
  /** Aborted when the local system ends. @default never */
  readonly ending?: AbortSignal | undefined;
}

/** Of a folder, the files that say what is in the others. */
const TELLING = /^manifest\.json$|\.template\.json$|\.assets\.json$/;

const filesOf = (path: string): readonly string[] => {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => TELLING.test(name))
    .map((name) => join(path, name));
};

const stampOf = (path: string): string =>
  filesOf(path)
    .map((file) => `${file} ${statSync(file, { throwIfNoEntry: false })?.mtimeMs}`)
    .join('\n');

const MODULES = 'node_modules';

/** The modules that a program in `folder` would find: those of the nearest folder that has any. */
const nearestModules = (folder: string): string | undefined => {
  const modules = join(folder, MODULES);
  if (existsSync(modules)) return modules;
  return dirname(folder) === folder ? undefined : nearestModules(dirname(folder));
};

/**
 * The code of functions is below `folder`. Where that is not in the app, they would not find the app's modules, so there is a link
 * to them. A link that was there before is replaced; a folder is left.
 */
const lendModules = ({ folder, caller }: SourcePlaces): void => {
  const path = join(folder, MODULES);
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(path);
  const modules = nearestModules(caller);
  if (modules === undefined || existsSync(path) || nearestModules(folder) === modules) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  symlinkSync(modules, path, 'junction');
};

/** What a function has in a zip is unpacked here. */
const unpackedIn = (folder: string): string => join(folder, 'unpacked');

const readAppIn = (path: string, { stack, parameters }: StartOptions, places: SourcePlaces): LoadApp => {
  lendModules(places);
  const stacks = readApp(path, { unpacked: unpackedIn(places.folder), parameters });
  checkParameters(stacks, parameters);
  return foreignApp(stacks, stack);
};

const fromTemplate = (path: string, options: StartOptions, places: SourcePlaces): AppSource => ({
  doing: `Reading ${path} …`,
  isOwn: false,
  read: async () => readAppIn(path, options, places),
  stamp: () => stampOf(path),
  isWatched: true,
});

/** While the app that runs has its code in one folder, the next one is written into the other. */
const fromCommand = (command: string, options: StartOptions, places: SourcePlaces): AppSource => {
  const { folder, caller, environment, ending } = places;
  const outputs = ['cdk.out', 'cdk.out.2'].map((name) => join(folder, name));
  let turn = 0;
  let last = '';
  return {
    doing: `Synthesizing the app: ${command} …`,
    isOwn: false,
    read: async () => {
      const output = outputs[turn % outputs.length] ?? '';
      last = await synthesizeApp({ command, caller, output, environment, ending });
      const load = readAppIn(last, options, places);
      turn += 1;
      return load;
    },
    stamp: () => (outputs.includes(last) ? undefined : stampOf(last)),
    isWatched: false,
  };
};

const ofOwnStack = (context: Readonly<Record<string, string>>, { folder }: SourcePlaces): AppSource => {
  const output = join(folder, 'cdk.out');
  return {
    doing: 'Synthesizing the stack …',
    isOwn: true,
    read: async () => {
      await synthesize(output, context);
      return ownApp(output, STACK_NAME);
    },
    stamp: () => undefined,
    isWatched: false,
  };
};

const byChoice = (app: AppChoice, options: StartOptions, places: SourcePlaces): AppSource => {
  switch (app.kind) {
    case 'own':
      return ofOwnStack(app.context, places);
    case 'command':
      return fromCommand(app.command, options, places);
    case 'template':
      return fromTemplate(resolve(places.caller, app.path), options, places);
  }
};

export const openSource = (options: StartOptions, places: SourcePlaces): AppSource =>
  byChoice(options.app, options, places);
