import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { OtpFunction } from '../../../../infra/functions/otp-function.ts';
import { checkSettings } from '../../../../infra/settings/settings.ts';

type Files = Readonly<Record<string, string>>;

const BUILT = fileURLToPath(new URL('../../../../dist/functions/deliver-code', import.meta.url));

/** The folder of each function's code in the assembly, relative to it, and the assembly. */
const synthesize = (all: readonly (Files | undefined)[], context: object = {}) => {
  const outdir = mkdtempSync(join(tmpdir(), 'files-'));
  const app = new App({
    outdir,
    context: { 'aws:cdk:enable-asset-metadata': true, ...context },
    builtinCloudFormationValidation: false,
  });
  const stack = new Stack(app, 'Shop');
  for (const [index, files] of all.entries())
    new OtpFunction(stack, `Function${index}`, {
      service: 'deliver-code',
      description: '',
      memory: 512,
      timeout: Duration.seconds(20),
      settings: checkSettings({ emailSender: 'otp@example.com' }),
      environment: {},
      ...(files !== undefined && { files }),
    });
  const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  app.synth();
  return { outdir, folders: functions.map(({ Metadata }) => String(Metadata['aws:asset:path'])) };
};

const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');

describe('the code of a function with further files', () => {
  it('has them beside the bundle, which is as it was built', () => {
    const { outdir, folders } = synthesize([{ 'mail.json': '{"a":1}', 'report.json': '{}' }]);
    const code = join(outdir, folders[0] ?? '');
    const built = readdirSync(BUILT);

    expect(readdirSync(code).toSorted()).toEqual([...built, 'mail.json', 'report.json'].toSorted());
    expect(read(code, 'mail.json')).toBe('{"a":1}');
    for (const name of built) expect(read(code, name)).toBe(read(BUILT, name));
  });

  it('is the same asset for the same files in any order, and another one for other files', () => {
    const [folder] = synthesize([{ a: '1', b: '2' }]).folders;

    expect(synthesize([{ b: '2', a: '1' }]).folders).toEqual([folder]);
    expect(synthesize([{ a: '1', b: '3' }]).folders).not.toEqual([folder]);
  });

  it('is its own for each of two functions of one app', () => {
    const { outdir, folders } = synthesize([{ a: 'first' }, { a: 'second' }, undefined]);

    expect(folders.map((folder) => readdirSync(join(outdir, folder)).includes('a'))).toEqual([
      true,
      true,
      false,
    ]);
    expect(folders.slice(0, 2).map((folder) => read(join(outdir, folder), 'a'))).toEqual(['first', 'second']);
  });

  it('is left alone while another stack of the app is synthesized', () => {
    const { folders } = synthesize([{ a: '1' }], { 'aws:cdk:bundling-stacks': ['Other'] });

    expect(folders).toEqual([BUILT]);
  });
});
