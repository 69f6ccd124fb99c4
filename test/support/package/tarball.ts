/** Packs the package once for a test run. */
import type { TestProject } from 'vitest/node';
import { packPackage } from '../../../tools/api/packed-package.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of the `.tgz` that would be published. */
    tarball: string;
  }
}

export const setup = async (project: TestProject): Promise<void> => {
  const { tarball } = await packPackage();
  project.provide('tarball', tarball);
};
