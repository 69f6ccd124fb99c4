import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingModules } from '../../../../../../local/engines/lambda/code/missing-modules.ts';

/** A function with this source, beside which `@aws-sdk/client-sqs` is installed. */
const missingIn = (source: string, file = 'index.mjs') => {
  const codeFolder = mkdtempSync(join(tmpdir(), 'code-'));
  const installed = join(codeFolder, 'node_modules', '@aws-sdk', 'client-sqs');
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, 'index.js'), '');
  writeFileSync(join(codeFolder, file), source);
  return missingModules({ codeFolder, handler: 'index.handler' });
};

test.each([
  "import { S3 } from '@aws-sdk/client-s3';",
  'import{S3}from"@aws-sdk/client-s3";',
  "const { S3 } = require('@aws-sdk/client-s3');",
  "await import('@aws-sdk/client-s3');",
])('a module of the SDK that is not installed is found in %s', (source) => {
  expect(missingIn(source)).toEqual(['@aws-sdk/client-s3']);
});

test('one that is installed, and a text that imports nothing, are none', () => {
  expect(missingIn("require('@aws-sdk/client-sqs'); console.log('@aws-sdk/client-s3');", 'index.js')).toEqual(
    [],
  );
  expect(missingIn('', 'other.js')).toEqual([]);
});

test('what the SDK in a bundle only tries to load is not asked for', () => {
  expect(missingIn("try { require('@aws-sdk/signature-v4-crt'); } catch {}", 'index.js')).toEqual([]);
});
