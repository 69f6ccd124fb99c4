import { defineConfig } from 'vitest/config';
import { forgetAwsEnvironment } from './shared/command/aws-environment.ts';

// The tests talk to local systems, whatever account the developer's terminal is set up for.
forgetAwsEnvironment();

// Files left out of the coverage figures, because they do not run in the tests' own process:
const ONLY_ELSEWHERE = [
  // Code that needs a document runs in Chromium (test/browser). What the pages compute before they draw is measured.
  'local/console/**/{page,*-view,*-card,*-detail,*-drawing,*-row,*-table}.ts',
  'local/console/audit/timeline-step.ts',
  'local/console/markdown.ts',
  'local/console/mail/rendered-checks.ts',
  'web/sign-in/{page,sign-in,amplify}.ts',
  'web/sign-in/{brand/brand,language/show-language,local/claims-table,local/local-news,local/local-parts}.ts',
  'web/{gallery,sign-in/panels}/*.ts',
  'web/kit/{announce,element,keyed-list}.ts',
  'local/console/{live,frame/frame,frame/zone,executions/execution-data,users/user-dialogs}.ts',
  // The commands run as processes of their own (test/e2e). What they call is measured.
  'commands/{attach/attach,audit/audit,detach/detach,rotate-key/rotate-key,sign-in/sign-in,unlock/unlock,common/terminal}.ts',
  'web/build/build-page.ts',
  // It runs in a sandbox of the local system (test/e2e/not-me).
  'services/record-feedback/report/handler.ts',
];
/** The tests that the table in memory has to pass as a real engine does. */
const STORES = [
  'test/unit/shared/table/{challenge-store,user-store}/*.test.ts',
  'test/unit/services/guard-tokens/guard-tokens*.test.ts',
  'test/unit/services/record-feedback/record-feedback*.test.ts',
  'test/unit/services/sweep-challenges/sweep*.test.ts',
  'test/unit/services/create-auth-challenge/create-challenge*.test.ts',
  'test/unit/services/deliver-code/deliver*.test.ts',
  'test/unit/services/verify-auth-challenge/{check-answer,user-failures}*.test.ts',
];

/** What a person does with the client library, in any order. */
const CLIENT_SCHEDULES = 'test/unit/client/code-step.schedules.test.ts';

/** Apps that were not written for the local system, and apps with functions of their own. */
const OF_APPS = ['test/e2e/{any-app,own-functions}/**/*.test.ts'];

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
      include: ['{services,shared,client,commands,web,local/console}/**/*.ts'],
      exclude: ONLY_ELSEWHERE,
      reporter: [['text', { skipFull: true }], 'html'],
      thresholds: { '{services,client,commands,web,local/console}/**': ENOUGH, 'shared/**': ENOUGH },
    },
    // The tests often wait for processes and browsers, so there is one worker more than CI has cores.
    maxWorkers: 3,
    // For all projects.
    globalSetup: ['test/support/process/temporary-folder.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          exclude: [CLIENT_SCHEDULES],
          globalSetup: ['test/support/infra/functions.ts'],
          setupFiles: ['test/support/system/native-arithmetic.ts'],
          // All files of a worker share one load of the AWS SDK and the CDK, which takes a third of the time.
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          // The tests of the stores once more, on the table in memory on which the fault suite tries all orders.
          name: 'contract',
          include: [...STORES, CLIENT_SCHEDULES],
          provide: { tableEngine: 'memory', clientSchedules: 100 },
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          // Checks the template as an operator or a reviewer would.
          name: 'infra',
          include: ['test/infra/**/*.test.ts'],
          globalSetup: ['test/support/infra/functions.ts'],
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: OF_APPS,
          isolate: false,
          globalSetup: ['test/support/system/shared-stack.ts'],
          setupFiles: ['test/support/system/native-arithmetic.ts'],
          // The default of a second is too short on a busy machine.
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // Apps of others, with functions of their own, on the local system: minutes of synthesizing, so not part of `npm test`.
          name: 'apps',
          include: OF_APPS,
          globalSetup: ['test/support/system/shared-stack.ts'],
          setupFiles: ['test/support/system/native-arithmetic.ts'],
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // Faults of the services: minutes of waiting, so not part of `npm test`. These tests measure real time or depend on
          // the time limits of functions, so nothing else runs at the same time.
          ...FAULTS,
          name: 'faults',
          include: ['test/faults/real-speed/*.test.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          // The same faults in thousands of runs, which use the whole machine.
          ...FAULTS,
          name: 'faults-in-rounds',
          include: ['test/faults/rounds/**/*.test.ts'],
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          // All orders of a few calls at once, on the table in memory: they wait for nothing and need no bundles.
          name: 'schedules',
          globalSetup: ['test/faults/support/play/result-table.ts'],
          include: ['test/faults/schedules/*.test.ts', CLIENT_SCHEDULES],
          provide: { tableEngine: 'memory', clientSchedules: 1_000 },
          testTimeout: 180_000,
        },
      },
      {
        test: {
          // Volume: minutes of work whose result is figures, so not part of `npm test`.
          name: 'bench',
          include: ['test/bench/**/*.test.ts'],
          // Each figure is of a machine that does nothing else.
          fileParallelism: false,
          globalSetup: ['test/support/system/shared-stack.ts'],
          setupFiles: ['test/support/system/native-arithmetic.ts'],
          testTimeout: 5_400_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // The CDK, the AWS CLI and SAM deploy to an emulator of AWS. This needs Python and takes minutes, so it is not part of `npm test`.
          name: 'deploy',
          include: ['test/deploy/**/*.test.ts'],
          // Each has an emulator of its own, and several install the same environment of Python.
          fileParallelism: false,
          globalSetup: ['test/support/package/tarball.ts'],
          setupFiles: ['test/support/system/native-arithmetic.ts'],
          disableConsoleIntercept: true,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          // The clients that apps have, in Python and Chromium too. Prints in the end what each did.
          name: 'clients',
          include: ['test/clients/*.test.ts'],
          globalSetup: [
            'test/support/system/shared-stack.ts',
            'test/support/browser/chromium.ts',
            'test/clients/support/python-tools.ts',
            'test/clients/support/deeds.ts',
          ],
          setupFiles: ['test/support/system/native-arithmetic.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // What is published, as others find it. Its tools are installed first, so it is not part of `npm test`.
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          globalSetup: [
            'test/support/package/tarball.ts',
            'test/support/package/packed.ts',
            'test/support/system/shared-stack.ts',
            'test/support/browser/chromium.ts',
          ],
          setupFiles: ['test/support/system/native-arithmetic.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          // What spam filters say of the mails. They are programs of Debian's, so it is not part of `npm test`.
          name: 'mail',
          include: ['test/mail/*.test.ts'],
          disableConsoleIntercept: true,
          testTimeout: 300_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/support/system/shared-stack.ts', 'test/support/browser/chromium.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
