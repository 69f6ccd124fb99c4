import { cpSync, existsSync, globSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import {
  CONSTRUCTS,
  installIn,
  NEWEST_CDK,
  nodeIn,
  nodePackages,
  succeedIn,
  TYPESCRIPT,
} from '../support/package/workspace.ts';

// Each example that is an app is type-checked by its own settings and synthesized by its own command, from the tarball.

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLES = join(ROOT, 'examples');
const CDK = join(ROOT, 'node_modules/aws-cdk/bin/cdk');
/** What Amplify Gen 2 makes its pool with; all of Amplify takes minutes to install. */
const AMPLIFY_AUTH = '1.12.0';

const apps = globSync('*/cdk.json', { cwd: EXAMPLES }).map(dirname).toSorted();

let workspace: string;
beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'examples-'));
  await installIn(workspace, {
    ...nodePackages(),
    '@aws-amplify/auth-construct': AMPLIFY_AUTH,
    'aws-cdk-lib': NEWEST_CDK,
    constructs: CONSTRUCTS,
    typescript: TYPESCRIPT,
    'cognito-email-otp': `file:${inject('tarball')}`,
  });
  cpSync(EXAMPLES, join(workspace, 'examples'), { recursive: true });
}, 300_000);

const tsc = (folder: string, ...args: readonly string[]) =>
  succeedIn(folder, process.execPath, [join(workspace, 'node_modules/typescript/bin/tsc'), ...args]);

const synthesize = async (folder: string, app?: string) => {
  const node = nodeIn(workspace, 24);
  const args = [CDK, 'synth', '--quiet', '--strict', ...(app === undefined ? [] : ['--app', app])];
  await succeedIn(folder, node, args, { PATH: `${dirname(node)}${delimiter}${process.env.PATH}` });
  return Object.fromEntries(
    globSync('cdk.out/*.template.json', { cwd: folder }).map((path) => [
      path.replace(/^cdk\.out\/(.*)\.template\.json$/, '$1'),
      JSON.parse(readFileSync(join(folder, path), 'utf8')).Resources as Readonly<
        Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>
      >,
    ]),
  );
};

test('every example says what it is, and asks for this version of the package', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const name of readdirSync(EXAMPLES)) {
    expect(existsSync(join(EXAMPLES, name, 'README.md')), name).toBe(true);
    const manifest = join(EXAMPLES, name, 'package.json');
    if (!existsSync(manifest)) continue;
    const { dependencies, devDependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
    expect(dependencies['cognito-email-otp'], name).toBe(`^${version}`);
    expect([undefined, `^${version}`], name).toContain(devDependencies['cognito-email-otp-local']);
  }
});

describe.each(apps)('examples/%s', (name) => {
  test('is type-checked and synthesized without an error or a warning', async () => {
    const folder = join(workspace, 'examples', name);
    expect(await tsc(folder, '-p', '.')).toBe('');

    const templates = await synthesize(folder);

    for (const [stack, resources] of Object.entries(templates)) {
      const pools = Object.values(resources).filter(({ Type }) => Type === 'AWS::Cognito::UserPool');
      expect(pools, stack).toHaveLength(1);
      expect(pools[0]?.Properties, stack).toHaveProperty('LambdaConfig.CreateAuthChallenge');
    }
    expect(Object.keys(templates)).toHaveLength(name === 'two-environments' ? 2 : 1);
  }, 180_000);
});

describe('examples/amplify-gen2', () => {
  test('closes the doors of the pool that Amplify makes, and gives it the second factor', async () => {
    const folder = join(workspace, 'examples/amplify-gen2');
    const app = `
      import { AmplifyAuth } from '@aws-amplify/auth-construct';
      import { App, Stack } from 'aws-cdk-lib';
      import { addEmailOtp } from './amplify/email-otp.ts';

      const stack = new Stack(new App(), 'Auth');
      const { resources } = new AmplifyAuth(stack, 'auth', { loginWith: { email: true } });
      addEmailOtp({ stack, resources }, 'otp@example.com');
    `;
    writeFileSync(join(folder, 'app.ts'), app);
    const settings = ['--module', 'nodenext', '--target', 'es2023', '--strict', '--skipLibCheck', '--noEmit'];
    expect(await tsc(folder, ...settings, '--allowImportingTsExtensions', 'app.ts')).toBe('');

    const { Auth = {} } = await synthesize(folder, 'node app.ts');

    const propertiesOf = (type: string) =>
      Object.values(Auth).filter((one) => one.Type === type)[0]?.Properties ?? {};
    expect(propertiesOf('AWS::Cognito::UserPool')).toHaveProperty('LambdaConfig.PreTokenGeneration');
    const client = propertiesOf('AWS::Cognito::UserPoolClient');
    expect(client.ExplicitAuthFlows).toEqual(['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']);
    expect(client.AllowedOAuthFlows).toBeUndefined();
  }, 180_000);
});
