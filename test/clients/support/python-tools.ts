/** Installs the clients that are written in Python, once for a test run. */
import { dirname } from 'node:path';
import type { TestProject } from 'vitest/node';
import { AWS_CLI, PythonMissingError, pythonEnvironment } from '../../support/process/python.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder with `aws` and `python3`; empty if this machine has no Python for them. */
    pythonTools: string;
  }
}

export const setup = async (project: TestProject): Promise<void> => {
  try {
    project.provide('pythonTools', dirname(await pythonEnvironment(AWS_CLI, console.log)));
  } catch (error) {
    if (!(error instanceof PythonMissingError)) throw error;
    console.log(`Two clients are skipped: ${error.message}`);
    project.provide('pythonTools', '');
  }
};
