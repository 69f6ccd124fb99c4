import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foreignApp } from '../../../local/app/app.ts';
import { readApp } from '../../../local/app/app-files.ts';
import { signInThroughEach } from '../../support/apps/app-system.ts';
import { startTestSystem, stopTestSystem, type TestSystem } from '../../support/system/local-system.ts';

// The template that `npm run template` writes for those without the CDK, with the zips of its functions beside it.

const folder = mkdtempSync(join(tmpdir(), 'template-'));

let system: TestSystem;
beforeAll(async () => {
  await promisify(execFile)(process.execPath, ['tools/template/template.ts', '--out', folder]);
  const stacks = readApp(join(folder, 'template.json'), {
    unpacked: join(folder, 'unpacked'),
    parameters: { EmailSender: 'codes@example.com', CodeLength: '9' },
  });
  system = await startTestSystem({ load: foreignApp(stacks) });
});
afterAll(() => stopTestSystem(system));

describe('the template for those without the CDK', () => {
  it('signs in with the code of its zips, by its parameters', async () => {
    const [signedIn] = await signInThroughEach(system, 'Default');

    expect(signedIn?.code).toHaveLength(9);
    expect(signedIn?.claims).toMatchObject({ email_otp: 'verified' });
  });
});
