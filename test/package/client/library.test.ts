import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { installIn, runIn, TYPESCRIPT, writeJson } from '../../support/package/workspace.ts';

// The client library as a web app or a server gets it: how large it is, what it needs, and where it is type-checked.

const ENTRIES = ['cognito-email-otp/client', 'cognito-email-otp/client/words'];
const MOST_BYTES = 6_144;

/** Bundles as a browser app's build does, with everything that the entries export. */
const bundle = async (entries: readonly string[]) => {
  const lines = entries.map((entry) => `export * from '${entry}';`);
  const { outputFiles, metafile } = await build({
    stdin: { contents: lines.join('\n'), resolveDir: inject('appFolder') },
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    minify: true,
    write: false,
    metafile: true,
  });
  return { bytes: gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length, metafile };
};

describe('the client library', () => {
  it(`has at most ${MOST_BYTES} bytes, minified and gzipped, with everything that it exports`, async () => {
    const [library, withWords] = await Promise.all([bundle(ENTRIES.slice(0, 1)), bundle(ENTRIES)]);
    console.log(`${ENTRIES[0]}: ${library.bytes} bytes; with its words: ${withWords.bytes} bytes`);

    expect(library.bytes).toBeGreaterThan(2_000);
    expect(library.bytes).toBeLessThanOrEqual(MOST_BYTES);
    expect(withWords.bytes).toBeGreaterThan(library.bytes);
  });

  it('imports no other package and nothing of Node', async () => {
    const { metafile } = await bundle(ENTRIES);

    const foreign = Object.keys(metafile.inputs).filter(
      (path) => path !== '<stdin>' && !/node_modules\/cognito-email-otp\/client[\w-]*\.js$/.test(path),
    );
    const external = Object.values(metafile.inputs).flatMap(({ imports }) =>
      imports.filter((it) => it.external),
    );
    expect(Object.keys(metafile.inputs).length).toBeGreaterThan(2);
    expect({ foreign, external }).toEqual({ foreign: [], external: [] });
    for (const name of ['client', 'client-words'])
      expect(readFileSync(join(inject('packageFolder'), `${name}.cjs`), 'utf8')).not.toMatch(/\brequire\(/);
  });
});

describe('an app that has the library and nothing else', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'client-'));
    await installIn(folder, { 'cognito-email-otp': `file:${inject('tarball')}`, typescript: TYPESCRIPT });
  });

  const APP = `
    import { type CodeStep, createCodeStep, resumeCodeStep, sdkCalls } from 'cognito-email-otp/client';
    import { describeStep } from 'cognito-email-otp/client/words';

    const calls = sdkCalls({
      clientId: 'client',
      username: 'alice@example.com',
      session: 'session',
      respond: async ({ ChallengeResponses }) => ({
        ChallengeName: 'CUSTOM_CHALLENGE',
        ChallengeParameters: { destination: ChallengeResponses.USERNAME ?? '' },
      }),
    });
    const step: CodeStep = createCodeStep({ calls, username: 'alice@example.com', parameters: {} });
    const { state } = resumeCodeStep({ calls }, step.toJSON());
    export const text: string = describeStep(state, step.now()).text;
    // @ts-expect-error A state of the code has no tokens.
    if (state.kind === 'code') state.tokens;
  `;

  it('installs two packages', async () => {
    const { output } = await runIn(folder, 'npm', ['ls', '--all', '--parseable']);

    expect(
      output
        .trim()
        .split('\n')
        .map((path) => path.split('node_modules/')[1] ?? ''),
    ).toEqual(['', 'cognito-email-otp', 'typescript']);
  });

  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])(
    'is type-checked with module %s and resolution %s, without the DOM and without Node',
    async (module, moduleResolution) => {
      const place = join(folder, moduleResolution);
      mkdirSync(place);
      writeFileSync(join(place, 'app.ts'), APP);
      writeJson(join(place, 'package.json'), { type: 'module' });
      const compilerOptions = {
        target: 'es2022',
        lib: ['es2022'],
        types: [],
        module,
        moduleResolution,
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noEmit: true,
      };
      writeJson(join(place, 'tsconfig.json'), { compilerOptions, files: ['app.ts'] });

      const tsc = join(folder, 'node_modules/typescript/bin/tsc');

      expect(await runIn(place, process.execPath, [tsc, '-p', '.'])).toEqual({ code: 0, output: '' });
    },
  );
});

describe('the lines of docs/client.md', () => {
  const ROOT = join(import.meta.dirname, '../../..');
  const PAGE = readFileSync(join(ROOT, 'docs/client.md'), 'utf8');
  /** What the lines take from the app around them. */
  const AROUND = `
    import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
    import type { AuthResponse, ChallengeResponse, CodeCalls, CodeStep, CodeStepState } from 'cognito-email-otp/client';
    declare const username: string, password: string, typed: string, clientId: string;
    declare const client: CognitoIdentityProviderClient;
    declare const provePassword: (username: string, password: string) => Promise<AuthResponse>;
    declare const render: (state: CodeStepState) => void;
  `;
  const STEP = 'declare let step: CodeStep; declare const calls: CodeCalls;';
  const REQUEST =
    'declare const calls: CodeCalls; declare const session: { codeStep: unknown }; declare const form: { code: string };';
  const RESUME = "import { resumeCodeStep } from 'cognito-email-otp/client';";

  let folder: string;
  beforeAll(() => {
    folder = join(inject('appFolder'), 'lines');
    for (const name of ['aws-amplify', '@aws-sdk/client-cognito-identity-provider']) {
      const place = join(folder, 'node_modules', name);
      mkdirSync(dirname(place), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules', name), place, 'junction');
    }
  });

  it.each([
    ['With Amplify', ''],
    ['With the AWS SDK', ''],
    ['Loaded again', `${RESUME} ${STEP}`],
    ['On a server', `${RESUME} ${REQUEST}`],
  ])('can be pasted: %s', async (title, around) => {
    const [, section = ''] = PAGE.split(`\n### ${title}\n`);
    const [, lines = ''] = /^```ts\n([\s\S]*?)^```$/m.exec(section) ?? [];
    const app = join(folder, `${title.replaceAll(' ', '-')}.ts`);
    writeFileSync(app, `${AROUND}${around}\n${lines}\nexport {};`);

    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const options =
      '--ignoreConfig --noEmit --strict --module esnext --moduleResolution bundler --target es2022 --skipLibCheck';
    const checked = await runIn(folder, process.execPath, [tsc, ...options.split(' '), app]);

    expect(lines).toContain('step');
    expect(checked).toEqual({ code: 0, output: '' });
  });
});
