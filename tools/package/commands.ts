/** Bundles the commands of the published package: one program, with a file for each command and for what they share. */
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { leanLimits } from './lean/lean-limits.ts';
import { leanSdk } from './lean/lean-sdk.ts';
import { leanSrp } from './lean/lean-srp.ts';
import { leanTexts } from './lean/lean-texts.ts';
import { readManifest } from './manifest.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The AWS SDK imports these only in browsers, and for credentials of a Cognito identity pool. */
const NEVER_LOADED = ['bowser', '@aws-sdk/credential-provider-cognito-identity'];

/**
 * Writes the program `cognito-email-otp.mjs` with all that it loads into `<folder>/bin`, in place of what is there. It finds
 * the sign-in page in `<folder>/page`. Resolves to the paths of all files that are in it, from the root. Rejects with esbuild's
 * message if it cannot be bundled.
 */
export const buildCommands = async (folder: string): Promise<readonly string[]> => {
  const bin = join(folder, 'bin');
  rmSync(bin, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: [join(ROOT, 'tools/package/cognito-email-otp.ts')],
    outdir: bin,
    absWorkingDir: ROOT,
    bundle: true,
    // Each command loads only what it needs.
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    // Without this, esbuild takes the CommonJS builds of the SDK, of which it cannot leave anything out.
    mainFields: ['module', 'main'],
    external: NEVER_LOADED,
    plugins: [leanSdk, leanSrp, leanTexts, leanLimits],
    define: {
      PACKAGE_VERSION: JSON.stringify(readManifest().version),
      // The SDK warns that its next versions do without Node 20. This one is in the bundle.
      'process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED': '"true"',
    },
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  chmodSync(join(bin, 'cognito-email-otp.mjs'), 0o755);
  return Object.keys(metafile.inputs);
};
