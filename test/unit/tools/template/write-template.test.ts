import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { expect, test, vi } from 'vitest';
import { writeTemplate } from '../../../../tools/template/write-template.ts';
import { aFolder, aTemplate, deployTemplate } from './a-deployment.ts';

const FUNCTIONS = fileURLToPath(new URL('../../../../dist/functions', import.meta.url));

test('writes the template and a zip for each folder of functions', () => {
  const { folder, files } = aFolder();

  expect(readdirSync(folder).toSorted()).toEqual([...files].toSorted());
  expect(files[0]).toBe('template.json');
  expect(
    files
      .slice(1)
      .map((name) => name.replace(/-[0-9a-f]{16}\.zip$/, ''))
      .toSorted(),
  ).toEqual(readdirSync(FUNCTIONS).toSorted());
});

test('a zip has all files of the function’s bundle, as they were built', () => {
  const { folder, files } = aFolder();
  for (const name of files.slice(1)) {
    const built = join(FUNCTIONS, name.replace(/-[0-9a-f]{16}\.zip$/, ''));
    const { 'mail.json': mail, ...found } = unzipSync(readFileSync(join(folder, name)));

    expect(Object.keys(found).toSorted()).toEqual(readdirSync(built).toSorted());
    for (const [file, content] of Object.entries(found))
      expect(readFileSync(join(built, file)).equals(content), file).toBe(true);
    expect(mail !== undefined, 'the file that is not built').toBe(name.startsWith('deliver-code-'));
  }
});

test('the same code makes the same files, byte for byte', () => {
  const { folder, files } = aFolder();
  const again = join(tmpdir(), 'template-again', 'and', 'deeper');
  writeTemplate(again, { pool: 'own', given: {} });

  for (const name of files)
    expect(readFileSync(join(again, name)).equals(readFileSync(join(folder, name))), name).toBe(true);
});

test('the template looks for the code where the parameters say, under the names of the zips', () => {
  const { files } = aFolder();
  const keysWith = (CodePrefix: string) =>
    deployTemplate(aTemplate(), { CodeBucket: 'code', CodePrefix })
      .ofType('AWS::Lambda::Function')
      .map(({ Code }) => Code as { readonly S3Bucket: string; readonly S3Key: string });
  const zipsWith = (CodePrefix: string) => [
    ...new Set(keysWith(CodePrefix).map(({ S3Bucket, S3Key }) => `${S3Bucket}/${S3Key}`)),
  ];

  const zips = files.slice(1).toSorted();
  expect(zipsWith('otp/').toSorted()).toEqual(zips.map((name) => `code/otp/${name}`));
  expect(zipsWith('').toSorted()).toEqual(zips.map((name) => `code/${name}`));
});

test('the settings that it cannot have as parameters shape it', () => {
  const types = (given: Readonly<Record<string, string>>) =>
    new Set(Object.values(aTemplate('own', given).Resources).map(({ Type }) => Type));

  expect(types({})).not.toContain('AWS::KinesisFirehose::DeliveryStream');
  expect(types({ auditArchive: 'true' })).toContain('AWS::KinesisFirehose::DeliveryStream');
});

test('a template for the other kind of pool is not written over', () => {
  const { folder } = aFolder('own');

  expect(() => writeTemplate(folder, { pool: 'existing', given: {} })).toThrow(
    'is a template of --pool own: give another --out, or delete it first',
  );
  expect(() => writeTemplate(folder, { pool: 'own', given: {} })).not.toThrow();
});

test('nothing of the synthesis is left behind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'empty-'));
  vi.stubEnv('TMPDIR', folder);
  writeTemplate(join(folder, 'out'), { pool: 'own', given: {} });
  vi.unstubAllEnvs();

  expect(readdirSync(folder)).toEqual(['out']);
});
