/** Makes HTML pages of the package's entry points and of the documents for those who use it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runPackageTool, type ToolResult } from './package-tools.ts';
import { copyForTools, typedEntries } from './packed-package.ts';

const SETTINGS = fileURLToPath(new URL('../../.ci/package-tools/typedoc.json', import.meta.url));

/** Writes the pages of the package in `folder` to `pages`. The code is not 0 if TypeDoc warns of anything. */
export const makePages = async (folder: string, pages: string): Promise<ToolResult> => {
  const workFolder = mkdtempSync(join(tmpdir(), 'otp-pages-'));
  try {
    copyForTools(folder, workFolder);
    const entries = typedEntries(folder).flatMap(({ types }) => ['--entryPoints', types]);
    const args = ['--options', SETTINGS, '--tsconfig', 'tsconfig.json', ...entries, '--out', pages];
    return await runPackageTool('typedoc', args, workFolder);
  } finally {
    rmSync(workFolder, { recursive: true });
  }
};
