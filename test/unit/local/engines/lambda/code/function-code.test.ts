import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import {
  functionCodeOf,
  isThere,
  unpack,
} from '../../../../../../local/engines/lambda/code/function-code.ts';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import { aResource } from '../../../a-resource.ts';

const folder = mkdtempSync(join(tmpdir(), 'code-'));

const aCode = (Code: JsonObject, metadata: JsonObject = {}, byKey: Readonly<Record<string, string>> = {}) =>
  functionCodeOf({
    ...aResource('AWS::Lambda::Function', { Code }, { ref: 'claims', attributes: {} }),
    metadata,
    assets: { folder, byKey, unpacked: join(folder, 'unpacked') },
  });

const zipOf = (files: Readonly<Record<string, string>>): string => {
  const entries = Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const);
  const file = join(folder, `${Object.keys(files).length}-${entries[0]?.[0].length}.zip`);
  writeFileSync(file, zipSync(Object.fromEntries(entries)));
  return file;
};

test('is in the folder that the CDK names', () => {
  mkdirSync(join(folder, 'asset.1'));
  const code = aCode({ S3Key: 'x.zip' }, { 'aws:asset:path': 'asset.1' });

  expect(code).toEqual({ folder: join(folder, 'asset.1') });
  expect(code && isThere(code)).toBe(true);
});

test('is found by its key where the metadata does not say it', () => {
  expect(aCode({ S3Key: 'prefix/abc.zip' }, {}, { 'abc.zip': '/assets/asset.abc' })).toEqual({
    folder: '/assets/asset.abc',
  });
});

test('is unpacked from a zip', () => {
  const file = zipOf({ 'index.js': 'exports.handler = 1;', 'lib/': '', 'lib/other.js': '2' });
  const code = aCode({ S3Key: 'a.zip' }, {}, { 'a.zip': file });

  if (code !== undefined) unpack(code);

  expect(readFileSync(join(code?.folder ?? '', 'lib/other.js'), 'utf8')).toBe('2');
});

test('of a zip stays in its folder', () => {
  const file = zipOf({ '../../outside.js': 'bad' });
  const code = aCode({ S3Key: 'a.zip' }, {}, { 'a.zip': file });

  expect(() => code && unpack(code)).toThrow('leads out of the folder');
  expect(existsSync(join(folder, 'outside.js'))).toBe(false);
});

test('may be a text in the template', () => {
  const code = aCode({ ZipFile: 'exports.handler = async () => 1;' });

  if (code !== undefined) unpack(code);

  expect(readFileSync(join(code?.folder ?? '', 'index.js'), 'utf8')).toContain('async () => 1');
});

test('may be nowhere on this machine', () => {
  expect(aCode({ S3Key: 'elsewhere.zip' })).toBeUndefined();
  const gone = aCode({ S3Key: 'a.zip' }, { 'aws:asset:path': 'asset.gone' });
  expect(gone && isThere(gone)).toBe(false);
});
