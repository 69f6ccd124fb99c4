/** Makes the template and the functions' zips. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type IStackSynthesizer } from 'aws-cdk-lib';
import { zipSync } from 'fflate';
import { CodeSynthesizer } from './code-synthesizer.ts';
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

/** Synthesizes in a folder of its own, which is removed. Returns the template as text, and what has to be zipped for it. */
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
    return { template, zips: synthesizer.zips };
  } finally {
    rmSync(outdir, { recursive: true });
  }
};

/** Writes the template and the zips to the folder, which is made if it is not there. Returns their names, the template first. */
export const writeTemplate = (folder: string, props: TemplateStackProps): readonly string[] => {
  const { template, zips } = synthesize(props);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, TEMPLATE_FILE), `${template.trimEnd()}\n`);
  for (const { name, folder: code } of zips) writeFileSync(join(folder, name), zip(code));
  return [TEMPLATE_FILE, ...zips.map(({ name }) => name)];
};
