/** Unpacks the tarball as an app has it, and installs the tools that look at it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { installPackageTools } from '../../../tools/api/package-tools.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** An app's folder with what is in the tarball, aws-cdk-lib and constructs in its `node_modules`. */
    appFolder: string;
    /** What is in the tarball: the package in the `node_modules` of `appFolder`. */
    packageFolder: string;
  }
}

const INSTALLED = fileURLToPath(new URL('../../../node_modules', import.meta.url));

export const setup = async (project: TestProject): Promise<void> => {
  await installPackageTools();
  const appFolder = mkdtempSync(join(tmpdir(), 'app-'));
  const packageFolder = join(appFolder, 'node_modules/cognito-email-otp');
  mkdirSync(packageFolder, { recursive: true });
  const { tarball } = project.getProvidedContext();
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', packageFolder]);
  for (const peer of ['aws-cdk-lib', 'constructs']) {
    symlinkSync(join(INSTALLED, peer), join(appFolder, 'node_modules', peer), 'junction');
  }
  project.provide('appFolder', appFolder);
  project.provide('packageFolder', packageFolder);
};
