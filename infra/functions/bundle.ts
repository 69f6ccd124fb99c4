/** Bundles a function's code for deployment: one file with everything that it imports. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType } from 'aws-cdk-lib';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The esbuild options of every function; the bundle is `index.mjs` in `folder`. */
export const bundleOptions = (service: string, folder: string): BuildOptions => ({
  entryPoints: [join(ROOT, 'services', service, 'handler.ts')],
  outfile: join(folder, 'index.mjs'),
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // Without this, esbuild takes the CommonJS builds of the SDK, which start more slowly.
  mainFields: ['module', 'main'],
  minify: true,
  logLevel: 'warning',
});

/**
 * The bundle of a folder under `services/`. esbuild is called here, because `NodejsFunction` starts it through npm, which
 * takes a second for each function.
 */
export const bundleOf = (service: string): Code =>
  Code.fromAsset(join(ROOT, 'services', service), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: Runtime.NODEJS_24_X.bundlingImage, // Required, but never used: esbuild is always installed.
      local: {
        tryBundle: (folder) => {
          buildSync(bundleOptions(service, folder));
          return true;
        },
      },
    },
  });
