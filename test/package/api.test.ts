import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it, test } from 'vitest';
import { checkApi, REPORT_FOLDER } from '../../tools/api/api-report.ts';
import { makePages } from '../../tools/api/make-pages.ts';

const packageFolder = inject('packageFolder');

describe('the API report', () => {
  it('is that of the package; npm run update-api writes it', async () => {
    const results = await checkApi(packageFolder);

    for (const [entry, { code, output }] of Object.entries(results))
      expect(code, `${entry}: ${output}`).toBe(0);
    expect(globSync('*.api.md', { cwd: REPORT_FOLDER })).toHaveLength(Object.keys(results).length);
  });

  it('tells when a prop is taken out', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'changed-')), 'package');
    cpSync(packageFolder, folder, { recursive: true });
    const types = join(folder, 'email-otp.d.ts');
    const before = readFileSync(types, 'utf8');
    const after = before.replace(/^ *readonly codeLength\?: number;\n/m, '');
    writeFileSync(types, after);
    // The other entry points are left out, because each takes seconds.
    const manifest = join(folder, 'package.json');
    const { exports, ...rest } = JSON.parse(readFileSync(manifest, 'utf8'));
    writeFileSync(manifest, JSON.stringify({ ...rest, exports: { '.': exports['.'] } }));

    const { 'cognito-email-otp': main } = await checkApi(folder);

    expect(after).not.toBe(before);
    expect(main?.output).toMatch(/You have changed the (?:public )?API signature/i);
    expect(main?.code).toBe(1);
  });
});

test('the pages of the API are made without a warning', async () => {
  const pages = join(mkdtempSync(join(tmpdir(), 'pages-')), 'api');

  const { code, output } = await makePages(packageFolder, pages);

  expect(code, output).toBe(0);
  for (const page of ['index', 'classes/cognito-email-otp.EmailOtp', 'documents/settings'])
    expect(existsSync(join(pages, `${page}.html`)), page).toBe(true);
});
