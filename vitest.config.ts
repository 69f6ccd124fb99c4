import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Much of the time goes into waiting for processes and browsers, so one more than the two cores that CI has.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/shared-stack.ts'],
          setupFiles: ['test/support/native-arithmetic.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // Volume: minutes of work with figures as the result, so it is not part of `npm test`.
          name: 'bench',
          include: ['test/bench/**/*.test.ts'],
          globalSetup: ['test/support/shared-stack.ts'],
          setupFiles: ['test/support/native-arithmetic.ts'],
          testTimeout: 900_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/support/shared-stack.ts', 'test/support/chromium.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
