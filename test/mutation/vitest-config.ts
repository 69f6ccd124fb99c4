import { defineConfig } from 'vitest/config';

/** The rules' own tests and no others: a change that only a far-away test notices is not well tested. */
const TESTS = [
  'address-hash',
  'answer',
  'challenge',
  '{challenge-store,user-store,policy}/*',
  'code',
  'item',
  'key-source',
  'keyring*',
  'limits',
  'orders',
  'session-metadata',
  'table*',
];

export default defineConfig({
  test: {
    name: 'mutation',
    include: TESTS.map((name) => `test/unit/shared/*/${name}.test.ts`),
    isolate: false,
    testTimeout: 20_000,
  },
});
