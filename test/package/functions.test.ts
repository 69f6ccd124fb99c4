import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { functionsOf } from '../../local/engines/lambda/local-function.ts';
import { loadTemplate } from '../../local/ground/template.ts';
import { synthesize } from '../../local/synth.ts';

/** The hash of every file in a function's folder, with its name. */
const hashesIn = (folder: string) =>
  readdirSync(folder)
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
    .map((service) => hashesIn(join(folder, service)))
    .toSorted();

test('the functions are the same bytes in the tarball, in a deployment and in the local system', async () => {
  // What `npm start` does: it synthesizes with the CDK, and runs the functions that the template names.
  const folder = mkdtempSync(join(tmpdir(), 'cdk-'));
  await synthesize(folder, { emailSender: 'otp@example.com' });
  const local = functionsOf(loadTemplate(folder, 'EmailOtp', 'http://127.0.0.1'));

  const published = hashesBelow(join(inject('packageFolder'), 'functions'));

  expect(new Set(published).size).toBe(7);
  expect(hashesBelow(fileURLToPath(new URL('../../dist/functions', import.meta.url)))).toEqual(published);
  expect(local.map(({ codeFolder }) => hashesIn(codeFolder)).toSorted()).toEqual(published);
});
