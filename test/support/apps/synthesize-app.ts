/** Synthesizes an app of this folder, as `node app.ts` does, and reads what it wrote. */
import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The path of one of these programs. */
export const programOf = (name: string): string => fileURLToPath(new URL(`${name}.ts`, import.meta.url));

/** Returns the folder of the cloud assembly. */
export const synthesizeApp = async (
  name: string,
  context: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const folder = join(mkdtempSync(join(tmpdir(), 'app-')), 'cdk.out');
  const env = { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify(context) };
  await promisify(execFile)(process.execPath, [programOf(name)], { env });
  return folder;
};
