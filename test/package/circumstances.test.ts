import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import {
  CONSTRUCTS,
  installIn,
  NEWEST_CDK,
  OLDEST_CDK,
  runIn,
  succeedIn,
} from '../support/package/workspace.ts';

// The circumstances of other people's apps.

const ROOT = join(import.meta.dirname, '../..');
/** As a command line that is installed globally, it is in another place than the app. */
const GLOBAL_CDK = join(ROOT, 'node_modules/aws-cdk/bin/cdk');

let folder: string;
beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'app-')), 'Läden v1.0');
  mkdirSync(folder);
  await installIn(folder, {
    'aws-cdk-lib': NEWEST_CDK,
    constructs: CONSTRUCTS,
    'cognito-email-otp': `file:${inject('tarball')}`,
  });
  cpSync(join(ROOT, 'test/package/apps/circumstances.ts'), join(folder, 'app.mts'));
}, 180_000);

const synthesize = (...args: readonly string[]) =>
  runIn(folder, process.execPath, [
    GLOBAL_CDK,
    'synth',
    '--quiet',
    '--app',
    `${process.execPath} app.mts`,
    ...args,
  ]);

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** The resources of a type in all templates of the synthesis. */
const resourcesOf = (output: string, type: string): readonly Resource[] =>
  globSync('**/*.template.json', { cwd: join(folder, output) })
    .flatMap((path) => Object.values(JSON.parse(readFileSync(join(folder, output, path), 'utf8')).Resources))
    .filter((resource): resource is Resource => (resource as Resource).Type === type);

describe('a global cdk, in a folder whose name has a blank, a dot and an umlaut', () => {
  beforeAll(async () => {
    const { code, output } = await synthesize('--output', 'out');
    expect(code, output).toBe(0);
  }, 120_000);

  test('synthesizes stages, nested stacks and several of one stack, with ids that have these, too', () => {
    expect(resourcesOf('out', 'AWS::Cognito::UserPool')).toHaveLength(4);
    expect(resourcesOf('out', 'AWS::StepFunctions::StateMachine')).toHaveLength(4);
  });

  test('gives every role the boundary of the stage or the stack', () => {
    const roles = resourcesOf('out', 'AWS::IAM::Role');

    expect(roles.length).toBeGreaterThan(40);
    expect(roles.filter(({ Properties }) => Properties.PermissionsBoundary === undefined)).toEqual([]);
  });

  test('tags what can be tagged', () => {
    const tagged = (type: string) =>
      resourcesOf('out', type).every((one) => JSON.stringify(one).includes('sign-in'));

    expect(
      ['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::SecretsManager::Secret'].filter((t) => !tagged(t)),
    ).toEqual([]);
  });

  test('finds the functions in the bucket of the qualifier', () => {
    const buckets = resourcesOf('out', 'AWS::Lambda::Function').map(({ Properties }) =>
      JSON.stringify(Properties.Code),
    );

    expect(buckets.length).toBeGreaterThanOrEqual(28);
    expect(buckets.filter((code) => !code.includes('cdk-shopping-assets'))).toEqual([]);
  });

  test('names nothing twice', () => {
    for (const [type, property] of [
      ['AWS::Logs::LogGroup', 'LogGroupName'],
      ['AWS::CloudWatch::Alarm', 'AlarmName'],
      ['AWS::CloudWatch::Dashboard', 'DashboardName'],
    ] as const) {
      const names = resourcesOf('out', type).flatMap(({ Properties }) => Properties[property] ?? []);
      expect(new Set(names).size, type).toBe(names.length);
      expect(names.length, type).toBeGreaterThan(3);
    }
  });
});

describe('another copy of aws-cdk-lib beside the package', () => {
  const nested = () => join(folder, 'node_modules/cognito-email-otp/node_modules');
  beforeAll(async () => {
    const other = mkdtempSync(join(tmpdir(), 'cdk-'));
    await installIn(other, { 'aws-cdk-lib': OLDEST_CDK, constructs: CONSTRUCTS });
    cpSync(join(other, 'node_modules'), nested(), { recursive: true });
    return () => rmSync(nested(), { recursive: true });
  }, 180_000);

  test('is synthesized to the same', async () => {
    await succeedIn(folder, process.execPath, ['app.mts'], { CDK_OUTDIR: join(folder, 'out-copies') });

    for (const type of [
      'AWS::Lambda::Function',
      'AWS::IAM::Role',
      'AWS::Cognito::UserPool',
      'AWS::CloudWatch::Alarm',
    ]) {
      expect(resourcesOf('out-copies', type).length, type).toBe(resourcesOf('out', type).length);
    }
  }, 120_000);
});
