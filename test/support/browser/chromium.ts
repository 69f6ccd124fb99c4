/** Finds the Chromium that the browser tests run in, once for a test run. */
import { existsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of its executable; empty if there is none. */
    chromium: string;
  }
}

const PLACES: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

export const setup = (project: TestProject): void => {
  const chromium = PLACES.find((path) => existsSync(path)) ?? '';
  if (chromium === '') {
    console.log(
      `All tests in a browser are skipped: no Chromium at ${PLACES.join(', ')}. On Debian: apt-get install chromium`,
    );
  }
  project.provide('chromium', chromium);
};
