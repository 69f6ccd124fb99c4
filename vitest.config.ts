import { defineConfig } from 'vitest/config';

// Left out of the figures, because no code of ours runs them in the tests' own process:
const ONLY_ELSEWHERE = [
  // What needs a document runs in Chromium (test/browser). What the pages work out before they draw is measured.
  'local/console/**/{page,*-view,*-card,*-detail,*-drawing,*-row,*-table}.ts',
  'local/console/audit/timeline-step.ts',
  'local/console/dashboard/widgets/markdown.ts',
  'web/sign-in/{page,view,claims-table,amplify,code-step,local-hint}.ts',
  'web/kit/{element,keyed-list,toned-text}.ts',
  'local/console/live.ts',
  // The commands themselves run as processes (test/e2e); what they call is measured.
  'commands/{audit/audit,rotate-key/rotate-key,sign-in/sign-in,unlock/unlock,common/terminal}.ts',
  'web/build/build-page.ts',
];
const ENOUGH = { statements: 95, branches: 95 };

const FAULTS = {
  globalSetup: ['test/support/system/shared-stack.ts', 'test/faults/support/play/result-table.ts'],
  setupFiles: ['test/support/system/native-arithmetic.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    coverage: {
      include: ['{services,shared,commands,web,local/console}/**/*.ts'],
      exclude: ONLY_ELSEWHERE,
      reporter: [['text', { skipFull: true }], 'html'],
      thresholds: { '{services,commands,web,local/console}/**': ENOUGH, 'shared/**': ENOUGH },
    },
    // Much of the time goes into waiting for processes and browsers, so one more than the two cores that CI has.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          setupFiles: ['test/support/system/native-arithmetic.ts'],
          // One load of the AWS SDK and of the CDK for all files of a worker: a third of the time.
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          // The template as an operator or a reviewer would judge it.
          name: 'infra',
          include: ['test/infra/**/*.test.ts'],
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          isolate: false,
          globalSetup: ['test/support/system/shared-stack.ts'],
          setupFiles: ['test/support/system/native-arithmetic.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // What fails, stalls, repeats and dies: minutes of waiting, so it is not part of `npm test`. These measure real time
          // or depend on the time limits of functions, so they have the machine to themselves.
          ...FAULTS,
          name: 'faults',
          include: ['test/faults/real-speed/*.test.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          // The same in thousands of rounds, which take all that the machine has.
          ...FAULTS,
          name: 'faults-in-rounds',
          include: ['test/faults/rounds/*.test.ts'],
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          // Volume: minutes of work with figures as the result, so it is not part of `npm test`.
          name: 'bench',
          include: ['test/bench/**/*.test.ts'],
          globalSetup: ['test/support/system/shared-stack.ts'],
          setupFiles: ['test/support/system/native-arithmetic.ts'],
          testTimeout: 5_400_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // The CDK deploys to an emulator of AWS, which needs Python: minutes of work, so it is not part of `npm test`.
          name: 'deploy',
          include: ['test/deploy/**/*.test.ts'],
          setupFiles: ['test/support/system/native-arithmetic.ts'],
          disableConsoleIntercept: true,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/support/system/shared-stack.ts', 'test/support/browser/chromium.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
