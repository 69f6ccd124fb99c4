import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as cdk from 'aws-cdk-lib';
import { build } from 'esbuild';
import { beforeEach, expect, it } from 'vitest';

const ENTRY = fileURLToPath(new URL('../../infra/nag.ts', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'old-cdk-'));
  return () => rmSync(folder, { recursive: true });
});

/** An aws-cdk-lib that has everything but this. */
const writeCdkWithout = (missing: string): void => {
  const real = pathToFileURL(createRequire(import.meta.url).resolve('aws-cdk-lib')).href;
  const names = Object.keys(cdk).filter((name) => !['default', 'module.exports', missing].includes(name));
  const at = join(folder, 'node_modules/aws-cdk-lib');
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'package.json'), '{ "type": "module", "exports": "./index.js" }');
  writeFileSync(
    join(at, 'index.js'),
    `import * as cdk from '${real}';\n${names.map((name) => `export const ${name} = cdk['${name}'];`).join('\n')}`,
  );
};

it('an app whose CDK has no Validations is told which one has, when it calls and not when it imports', async () => {
  writeCdkWithout('Validations');
  const outfile = join(folder, 'nag.mjs');
  await build({
    entryPoints: [ENTRY],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['aws-cdk-lib', 'constructs'],
  });
  writeFileSync(
    join(folder, 'app.mjs'),
    "import { App, Stack } from 'aws-cdk-lib';\nimport { acknowledgeNagFindings } from './nag.mjs';\n" +
      "try { acknowledgeNagFindings(new Stack(new App(), 'Shop')); } catch ({ message }) { console.log(message); }",
  );

  const output = execFileSync(process.execPath, [join(folder, 'app.mjs')], { encoding: 'utf8' });

  expect(output).toMatch(/needs aws-cdk-lib 2\.252\.0 or later/);
});
