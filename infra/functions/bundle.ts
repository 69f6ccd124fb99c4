/** A function's code as it is deployed: one file with everything that it imports. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType } from 'aws-cdk-lib';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** How every function is bundled, into its `index.mjs`. */
export const bundleOptions = (service: string, folder: string): BuildOptions => ({
  entryPoints: [join(ROOT, 'services', service, 'handler.ts')],
  outfile: join(folder, 'index.mjs'),
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // Without this the CommonJS builds of the SDK are taken, which start more slowly.
  mainFields: ['module', 'main'],
  minify: true,
  logLevel: 'warning',
});

/**
 * The bundle of a folder under `services/`. esbuild is called here and not by `NodejsFunction`, which starts it through
 * npm: a second for each function.
 */
export const bundleOf = (service: string): Code =>
  Code.fromAsset(join(ROOT, 'services', service), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: Runtime.NODEJS_24_X.bundlingImage, // Never used: esbuild is always there.
      local: {
        tryBundle: (folder) => {
          buildSync(bundleOptions(service, folder));
          return true;
        },
      },
    },
  });
