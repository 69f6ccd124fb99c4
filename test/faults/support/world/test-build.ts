/**
 * The stack with a deliberate break in its functions or its workflow: one piece of source text is replaced, everything else is
 * as synthesized.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { functionsOf, type LocalFunction } from '../../../../local/engines/lambda/local-function.ts';
import { loadTemplate } from '../../../../local/ground/template.ts';
import { STACK_NAME } from '../../../../local/system.ts';
import { bundleOptions } from '../../../../tools/package/functions.ts';
import { serviceOf } from './service-of.ts';

export interface Break {
  /** A file of the product, from the root. */
  readonly file: string;
  /** The text to replace. It must be in the file exactly once. */
  readonly text: string;
  readonly replacement: string;
}

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

/** Throws if the text is not there any more, because the break would then break nothing. */
const broken = ({ file, text, replacement }: Break, source: string): string => {
  const parts = source.split(text);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${text}`);
  return parts.join(replacement);
};

const breaking = (change: Break): Plugin => ({
  name: 'break',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, ({ path }) =>
      path === join(ROOT, change.file)
        ? { contents: broken(change, readFileSync(path, 'utf8')), loader: 'ts' }
        : undefined,
    );
  },
});

const WORKFLOW = 'AWS::StepFunctions::StateMachine';

interface RawTemplate {
  readonly Resources: Record<string, { readonly Type: string; Properties: { DefinitionString: string } }>;
}

const breakWorkflow = (folder: string, change: Break): void => {
  const file = join(folder, `${STACK_NAME}.template.json`);
  const template = JSON.parse(readFileSync(file, 'utf8')) as RawTemplate;
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type === WORKFLOW) Properties.DefinitionString = broken(change, Properties.DefinitionString);
  }
  writeFileSync(file, JSON.stringify(template));
};

/** Alone, so that functions that share its folder stay as they are. */
const bundle = (fn: LocalFunction, plugin: Plugin) => {
  const options = bundleOptions([serviceOf(fn.name)], fn.codeFolder);
  return build({ ...options, plugins: [plugin, ...(options.plugins ?? [])] });
};

export interface TestBuild extends Disposable {
  readonly templateFolder: string;
}

/** `services` are those that the break is built into; none if it is one of the workflow. */
export const buildBroken = async (
  templateFolder: string,
  services: readonly string[],
  change: Break,
): Promise<TestBuild> => {
  const folder = mkdtempSync(join(tmpdir(), 'email-otp-broken-'));
  cpSync(templateFolder, folder, { recursive: true });
  const functions = functionsOf(loadTemplate(folder, STACK_NAME, 'http://127.0.0.1'));
  const concerned = functions.filter((fn) => services.includes(serviceOf(fn.name)));
  if (concerned.length !== services.length) throw new Error(`There are not all of ${services.join(', ')}`);
  if (change.file.endsWith('.asl.json')) breakWorkflow(folder, change);
  await Promise.all(concerned.map((fn) => bundle(fn, breaking(change))));
  return {
    templateFolder: folder,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
};
