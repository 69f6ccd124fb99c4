import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { functionsOf } from '../../local/engines/lambda/local-function.ts';
import { loadTemplate } from '../../local/ground/template.ts';
import { synthesize } from '../../local/synth.ts';

/** What the synthesis adds beside the code. */
const ADDED = ['mail.json', 'report.json'];

/** The hash of every file of code in a folder, with its name. */
const hashesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => !ADDED.includes(name))
    .toSorted()
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}`,
    )
    .join('\n');

const hashesBelow = (folder: string) =>
  readdirSync(folder)
    .map((name) => hashesIn(join(folder, name)))
    .toSorted();

test('the functions are the same bytes in the tarball, in a deployment and in the local system', async () => {
  // What `npm start` does: it synthesizes with the CDK, and runs the functions that the template names.
  const folder = mkdtempSync(join(tmpdir(), 'cdk-'));
  await synthesize(folder, { emailSender: 'otp@example.com', reportLink: 'true' });
  const local = functionsOf(loadTemplate(folder, 'EmailOtp', 'http://127.0.0.1'));

  const published = hashesBelow(join(inject('packageFolder'), 'functions'));

  expect(new Set(published).size).toBe(6);
  expect(hashesBelow(fileURLToPath(new URL('../../dist/functions', import.meta.url)))).toEqual(published);
  expect([...new Set(local.map(({ codeFolder }) => hashesIn(codeFolder)))].toSorted()).toEqual(published);
  const added = local.flatMap(({ name, codeFolder }) =>
    readdirSync(codeFolder)
      .filter((file) => ADDED.includes(file))
      .map((file) => [name, file]),
  );
  expect(Object.fromEntries(added)).toEqual({
    DeliverCodeLambdaFunction: 'mail.json',
    TakeReportLambdaFunction: 'report.json',
  });
});
