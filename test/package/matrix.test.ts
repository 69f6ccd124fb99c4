import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import {
  CONSTRUCTS,
  installIn,
  NEWEST_CDK,
  NODES,
  nodeIn,
  nodePackages,
  OLDEST_CDK,
  runIn,
  succeedIn,
  TYPESCRIPT,
  writeJson,
} from '../support/package/workspace.ts';

// The tarball in other people's apps: each kind of module, Node, CDK and pool that is said to work.

const ROOT = join(import.meta.dirname, '../..');

/** TypeScript's settings, by the kind of module that the app's package.json says. The first one's output is run. */
const FORMATS = {
  module: ['nodenext', 'node20'],
  commonjs: ['commonjs', 'nodenext', 'node20'],
} as const;
type Format = keyof typeof FORMATS;

/** The folder or file with the app, by the pool that it has. */
const APPS = {
  'own pool': 'examples/own-pool',
  'L1 pool': 'test/package/apps/l1-pool.ts',
  'taken pre-token trigger': 'examples/pre-token-function',
} as const;
type Kind = keyof typeof APPS;

const folderOf = (kind: Kind): string => kind.replaceAll(/\W/g, '-');

/** Puts the sources of all apps below the folder with the installed packages. */
const layOut = (workspace: string, format: Format): string => {
  const folder = join(workspace, format);
  writeJson(join(folder, 'package.json'), { private: true, type: format });
  for (const [kind, source] of Object.entries(APPS)) {
    const target = join(folder, folderOf(kind as Kind));
    if (source.endsWith('.ts')) {
      mkdirSync(target);
      cpSync(join(ROOT, source), join(target, 'app.ts'));
    } else {
      // The example's own package.json would say which kind of module it is.
      cpSync(join(ROOT, source), target, {
        recursive: true,
        filter: (path) => !/package\.json$|tsconfig\.json$/.test(path),
      });
    }
  }
  return folder;
};

const compile = (workspace: string, format: Format, setting: string, skipLibCheck = true) => {
  const folder = join(workspace, format);
  const compilerOptions = {
    target: 'es2022',
    // The types of newer CDKs name Disposable.
    lib: ['es2022', 'esnext.disposable'],
    module: setting,
    strict: true,
    skipLibCheck,
    types: [],
    outDir: setting,
  };
  writeJson(join(folder, `tsconfig.${setting}.json`), { compilerOptions, include: ['*/app.ts'] });
  const tsc = join(workspace, 'node_modules/typescript/bin/tsc');
  return runIn(folder, process.execPath, [tsc, '-p', `tsconfig.${setting}.json`]);
};

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** Runs a compiled app and returns the resources of its template. */
const synthesize = async (
  workspace: string,
  format: Format,
  node: keyof typeof NODES,
  kind: Kind,
): Promise<readonly Resource[]> => {
  const [setting] = FORMATS[format];
  const app = join(workspace, format, setting, folderOf(kind), 'app.js');
  const output = join(workspace, `out-${format}-${node}-${folderOf(kind)}`);
  // Relative paths of assets are below the app's own folder.
  const cwd = join(workspace, format, folderOf(kind));
  await succeedIn(cwd, nodeIn(workspace, node), [app], { CDK_OUTDIR: output });
  return Object.values(JSON.parse(readFileSync(join(output, 'Shop.template.json'), 'utf8')).Resources);
};

describe.each([OLDEST_CDK, NEWEST_CDK])('with aws-cdk-lib %s', (cdk) => {
  let workspace: string;
  beforeAll(async () => {
    workspace = mkdtempSync(join(tmpdir(), 'matrix-'));
    await installIn(workspace, {
      ...nodePackages(),
      'aws-cdk-lib': cdk,
      constructs: CONSTRUCTS,
      typescript: TYPESCRIPT,
      'cognito-email-otp': `file:${inject('tarball')}`,
    });
    for (const format of Object.keys(FORMATS) as Format[]) layOut(workspace, format);
  }, 180_000);

  test('nothing is installed besides the package', () => {
    const installed = readdirSync(join(workspace, 'node_modules')).filter((name) => /^[a-z-]+$/.test(name));

    expect(installed).toEqual(['aws-cdk-lib', 'cognito-email-otp', 'constructs', 'typescript']);
  });

  test('the types of the package are right by themselves', async () => {
    expect(await compile(workspace, 'module', 'nodenext', false)).toEqual({ code: 0, output: '' });
  });

  for (const format of Object.keys(FORMATS) as Format[]) {
    describe(`an app of type ${format}`, () => {
      test.each(FORMATS[format])('is type-checked with module %s', async (setting) => {
        expect(await compile(workspace, format, setting)).toEqual({ code: 0, output: '' });
      });

      for (const node of Object.keys(NODES).map(Number) as (keyof typeof NODES)[]) {
        test.each(Object.keys(APPS) as Kind[])(
          `on Node ${node}, with its %s, is synthesized`,
          async (kind) => {
            const resources = await synthesize(workspace, format, node, kind);

            const ofType = (type: string) => resources.filter(({ Type }) => Type === type);
            expect(ofType('AWS::Cognito::UserPool')).toMatchObject([
              { Properties: { LambdaConfig: { DefineAuthChallenge: {}, VerifyAuthChallengeResponse: {} } } },
            ]);
            // The app's own function, where it has one, comes on top.
            expect(ofType('AWS::Lambda::Function')).toHaveLength(kind === 'taken pre-token trigger' ? 8 : 7);
            expect(JSON.stringify(resources).includes('PRE_TOKEN_FUNCTION_ARN')).toBe(
              kind === 'taken pre-token trigger',
            );
          },
        );
      }
    });
  }
});
