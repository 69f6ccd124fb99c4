/** Makes the template and the functions' zips. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type IStackSynthesizer } from 'aws-cdk-lib';
import { zipSync } from 'fflate';
import { usageError } from '../../shared/command/failure.ts';
import type { Choice } from './choice.ts';
import { CodeSynthesizer } from './code-synthesizer.ts';
import type { PoolKind } from './parameters.ts';
import { TemplateStack, type TemplateStackProps } from './template-stack.ts';

const STACK = 'EmailOtp';

export const TEMPLATE_FILE = 'template.json';

/** The feature flags of our own app, on which it depends what the constructs make. */
const flags = (): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')).context;

/** The same code is the same zip, whenever and wherever it is made. A zip knows no time before 1980. */
const ENTRY = { mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100644 << 16 };

const zip = (folder: string): Uint8Array =>
  zipSync(
    Object.fromEntries(
      readdirSync(folder)
        .toSorted()
        .map((name) => [name, readFileSync(join(folder, name))]),
    ),
    { ...ENTRY, level: 9 },
  );

/** Synthesizes in a folder of its own, which is removed. Returns the template as text, and the zips. */
const synthesize = (props: TemplateStackProps) => {
  const outdir = mkdtempSync(join(tmpdir(), 'otp-template-'));
  try {
    const synthesizer = new CodeSynthesizer();
    const context = { ...flags(), 'aws:cdk:disable-asset-staging': true };
    const app = new App({ outdir, context, analyticsReporting: false });
    // The types of the CDK are not made for exact optional properties.
    const { templateFile } = new TemplateStack(app, STACK, {
      ...props,
      synthesizer: synthesizer as IStackSynthesizer,
    });
    app.synth();
    const template = readFileSync(join(outdir, templateFile), 'utf8');
    const zips = synthesizer.zips.map(({ name, folder }) => ({ name, content: zip(folder) }));
    return { template, zips };
  } finally {
    rmSync(outdir, { recursive: true });
  }
};

/** A stack that is updated with the template of the other kind would lose its pool, or get another one. */
const refuseOtherKind = (path: string, pool: PoolKind): void => {
  if (!existsSync(path)) return;
  // Only a template for a pool that exists has this parameter.
  const found: PoolKind = readFileSync(path, 'utf8').includes('"UserPoolArn"') ? 'existing' : 'own';
  if (found !== pool)
    throw usageError(`${path} is a template of --pool ${found}: give another --out, or delete it first`);
};

/**
 * Writes the template and the zips to the folder, which is made if it is not there. Returns their names, the template first.
 * Throws `CommandError` if the folder has a template for the other kind of pool.
 */
export const writeTemplate = (folder: string, choice: Choice): readonly string[] => {
  const path = join(folder, TEMPLATE_FILE);
  refuseOtherKind(path, choice.pool);
  const { template, zips } = synthesize({ choice });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, `${template.trimEnd()}\n`);
  for (const { name, content } of zips) writeFileSync(join(folder, name), content);
  return [TEMPLATE_FILE, ...zips.map(({ name }) => name)];
};
