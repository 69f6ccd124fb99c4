// Starts the local system and the web page before the tests, and ends them afterwards.
import { defineConfig } from '@playwright/test';
import { LOCAL, LOCAL_PORT, WEB } from './e2e/addresses.ts';

// Whoever develops has both running in terminals of their own, and the tests take those.
const reuseExistingServer = !process.env.CI;

export default defineConfig({
  testDir: 'e2e',
  // There is one clock and one set of faults, so the tests run one after the other.
  workers: 1,
  use: {
    baseURL: WEB,
    // A Chromium that is installed already; without the variable, the one of `npx playwright install chromium`.
    launchOptions: { executablePath: process.env.CHROMIUM },
  },
  // Each is waited for before the next one is started.
  webServer: [
    {
      command: `npm run local -- --port ${LOCAL_PORT}`,
      // Answers with 503 until the users are there, too.
      url: `${LOCAL}/_local/ready.json`,
      reuseExistingServer,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
      timeout: 120_000,
    },
    { command: 'npm run web', url: WEB, reuseExistingServer },
  ],
});
