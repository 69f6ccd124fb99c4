/** Packs the packages once for a test run. */
import type { TestProject } from 'vitest/node';
import { packPackage } from '../../../tools/api/packed-package.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of the `.tgz` that would be published. */
    tarball: string;
    /** That of the package with the local system. */
    localTarball: string;
  }
}

export const setup = async (project: TestProject): Promise<void> => {
  const { tarball, local } = await packPackage();
  project.provide('tarball', tarball);
  project.provide('localTarball', local.tarball);
};
