import { defineConfig } from 'vitest/config';

/** The rules' own tests and no others: what only a far-away test notices is not well tested. */
export default defineConfig({
  test: {
    name: 'mutation',
    include: ['test/unit/shared/**/*.test.ts'],
    isolate: false,
    testTimeout: 20_000,
  },
});
