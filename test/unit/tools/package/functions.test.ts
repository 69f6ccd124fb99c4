import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { codePlace } from '../../../../infra/code-place.ts';
import { LIMITS, type Limit } from '../../../../shared/domain/limits.ts';
import { buildFolder, buildFunctions, bundleOptions } from '../../../../tools/package/functions.ts';

interface Output {
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
}
type Outputs = ReadonlyMap<string, Output>;

const SERVICES = readdirSync(join(import.meta.dirname, '../../../../services'));
const entryOf = (service: string): string => `bundle/${codePlace(service).file}.mjs`;

interface Folder {
  readonly services: readonly string[];
  /** By their names. */
  readonly files: Outputs;
  /** All files. */
  readonly text: string;
}

const buildInMemory = async (services: readonly string[]): Promise<Folder> => {
  const options = { ...bundleOptions(services, 'bundle'), write: false, metafile: true } as const;
  const { metafile, outputFiles } = await build(options);
  const text = outputFiles.map((file) => file.text).join('\n');
  return { services, files: new Map(Object.entries(metafile.outputs)), text };
};

let folders: readonly Folder[];
beforeAll(async () => {
  const byFolder = Map.groupBy(SERVICES, (service) => codePlace(service).folder);
  folders = await Promise.all([...byFolder.values()].map(buildInMemory));
}, 60_000);

const filesWith = (service: string): Outputs =>
  folders.find(({ services }) => services.includes(service))?.files ?? expect.unreachable();

/** The sources that a start of the function reads: those of its first file, and of all that it imports at once. */
const readAtStart = (service: string): readonly string[] => {
  const files = filesWith(service);
  const sources = new Set<string>();
  const read = new Set<string>();
  const follow = (path: string): void => {
    if (read.has(path)) return;
    read.add(path);
    const { imports, inputs } = files.get(path) as Output;
    for (const source of Object.keys(inputs)) sources.add(source);
    for (const { path: next, kind, external } of imports)
      if (kind === 'import-statement' && !external) follow(next);
  };
  follow(entryOf(service));
  return [...sources];
};

describe('a start of', () => {
  test.each([
    ['guard-tokens', 'the client for an app’s own function', '/client-lambda/'],
    ['guard-tokens', 'what calls that function', 'services/guard-tokens/pre-token-function.ts'],
    ['record-feedback', 'the page of "this was not me"', 'services/record-feedback/report/handler.ts'],
    ['record-feedback', 'the clients for a user pool', '/client-cognito-identity-provider/'],
    ['sweep-challenges', 'the clients for a user pool', '/client-cognito-identity-provider/'],
  ])('%s does not read %s, which is in its folder', (service, _, part) => {
    const all = [...filesWith(service).values()].flatMap(({ inputs }) => Object.keys(inputs));

    expect(all.filter((source) => source.includes(part))).not.toEqual([]);
    expect(readAtStart(service).filter((source) => source.includes(part))).toEqual([]);
  });

  test.each(SERVICES)('%s reads the code of no other function', (service) => {
    const read = readAtStart(service).filter((source) => source.startsWith('services/'));

    expect(read).toContain(`services/${service}/handler.ts`);
    expect(read.filter((source) => !source.startsWith(`services/${service}/`))).toEqual([]);
  });
});

describe('the bundles', () => {
  /** How many bytes of each file of another package whose path matches are in a folder, by its services. */
  const bytesOf = (pattern: RegExp) =>
    folders.flatMap(({ services, files }) =>
      [...files.values()]
        .flatMap(({ inputs }) => Object.entries(inputs))
        .filter(([path, { bytesInOutput }]) => pattern.test(path) && bytesInOutput > 0)
        .map(([path, { bytesInOutput }]) => ({ services, path, bytesInOutput })),
    );

  test('have no file that none of the others names, but for the first of each function', () => {
    for (const { services, files } of folders) {
      const named = new Set([...files.values()].flatMap(({ imports }) => imports.map(({ path }) => path)));

      const unnamed = [...files.keys()].filter((path) => !named.has(path));
      expect(unnamed.toSorted()).toEqual(services.map(entryOf).toSorted());
    }
  });

  test('have nothing of what the limits say to operators', () => {
    const words = Object.values<Limit>(LIMITS).map(({ description }) => description);

    expect(folders.filter(({ text }) => text.includes('codeLifetime')).length).toBeGreaterThan(4);
    expect(words.filter((said) => folders.some(({ text }) => text.includes(said)))).toEqual([]);
  });

  test.each([
    ['other ways to credentials', /\/credential-provider-(?!env)|\/shared-ini-file-loader\/(?:get|load)Sso/],
    ['streams of events', /event-streams\/(?!index\.js)/],
    ['what looks for endpoints', /mnemonist|obliterator/],
  ])('have no %s', (_, pattern) => {
    expect(bytesOf(pattern)).toEqual([]);
  });

  test('have little of the clients but what is called', () => {
    const schemas = bytesOf(/\/client-[\w-]+\/dist-es\/schemas\//);
    const errors = bytesOf(/\/client-[\w-]+\/dist-es\/models\/errors\.js/);

    expect(schemas.length).toBeGreaterThan(10);
    expect(schemas.filter(({ bytesInOutput }) => bytesInOutput > 10_000)).toEqual([]);
    expect(errors.filter(({ bytesInOutput }) => bytesInOutput > 500)).toEqual([]);
    expect(
      bytesOf(/\/client-[\w-]+\/package\.json/).filter(({ bytesInOutput }) => bytesInOutput > 100),
    ).toEqual([]);
  });
});

test('what an earlier build has left is gone after the next one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'otp-function-'));
  await buildFolder(['define-auth-challenge'], folder);
  const built = readdirSync(folder);
  writeFileSync(join(folder, 'chunk-OF1BEFORE.mjs'), '');

  await buildFolder(['define-auth-challenge'], folder);

  expect(built).toContain('index.mjs');
  expect(readdirSync(folder).toSorted()).toEqual(built.toSorted());
});

test('there is a folder for each place of code, and none of an earlier build', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'otp-functions-'));
  mkdirSync(join(folder, 'a-service-of-before'));

  await buildFunctions(folder);

  const places = new Set(SERVICES.map((service) => codePlace(service).folder));
  expect(readdirSync(folder).toSorted()).toEqual([...places].toSorted());
});
