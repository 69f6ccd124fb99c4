/**
 * `npm run test:mutation`: changes the rules in one small place at a time and counts how often a test notices. With
 * `--changed` it changes only the lines that differ from the branch on which the work started.
 */
import { execFileSync } from 'node:child_process';
import { Stryker } from '@stryker-mutator/core';

/** The files that decide about codes, attempts and mails. */
const RULES: readonly string[] = [
  'shared/domain/address-hash.ts',
  'shared/domain/answer.ts',
  'shared/domain/challenge.ts',
  'shared/table/challenge-store.ts',
  'shared/domain/code.ts',
  'shared/table/user-store.ts',
  'shared/domain/keyring.ts',
  'shared/domain/limits.ts',
  'shared/domain/orders.ts',
  'shared/domain/policy.ts',
  'shared/lambda/key-source.ts',
  'shared/messages/session-metadata.ts',
  'shared/table/item.ts',
  'shared/table/table.ts',
];

/** Returns undefined if git cannot say, for instance in a shallow clone. */
const git = (...args: readonly string[]): string | undefined => {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
};

/** The commit at which the branch left main; on main itself, the commit before. */
const findBase = (): string | undefined => {
  const start = git('merge-base', 'HEAD', 'main') ?? git('merge-base', 'HEAD', 'origin/main');
  const isOnBranch = start !== undefined && start !== git('rev-parse', 'HEAD');
  return isOnBranch ? start : git('rev-parse', '--verify', 'HEAD~1');
};

/** Stryker's notation for the new lines of a file. `diff` is git's, without context: `@@ -10,2 +12,3 @@` is before three new lines. */
const changedLines = (path: string, diff: string): readonly string[] =>
  Array.from(diff.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm), ([, start, count]) => ({
    first: Number(start),
    lines: Number(count ?? 1),
  }))
    .filter(({ lines }) => lines > 0)
    .map(({ first, lines }) => `${path}:${first}-${first + lines - 1}`);

const changedRules = (): readonly string[] => {
  const base = findBase();
  if (base === undefined) {
    console.log('There is nothing to compare with, so all lines count as changed.');
    return RULES;
  }
  return RULES.flatMap((path) => changedLines(path, git('diff', '--unified=0', base, '--', path) ?? ''));
};

const onlyChanged = process.argv.includes('--changed');
const mutate = onlyChanged ? changedRules() : RULES;
if (mutate.length === 0) {
  console.log(`None of these has new lines: ${RULES.join(', ')}`);
} else {
  const stryker = new Stryker({
    mutate: [...mutate],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'test/mutation/vitest-config.ts', related: false },
    // Types are not checked, so nothing needs rewriting in the compiler's configuration.
    tsconfigFile: 'none',
    disableTypeChecks: false,
    ignorePatterns: ['.local*', 'cdk.out', 'coverage', 'dist', 'docs', 'local'],
    tempDirName: '.local/mutation',
    concurrency: 2,
    // Each change of a module's constants needs the whole suite, so only the full run makes these changes.
    ignoreStatic: onlyChanged,
    // A time-out counts as noticed, so a busy machine must not cause one: only an endless loop may.
    timeoutMS: 10_000,
    thresholds: { high: 95, low: 90, break: 85 },
    reporters: ['progress-append-only', 'clear-text'],
    clearTextReporter: { logTests: false, reportTests: false, allowEmojis: false },
  });
  await stryker.runMutationTest();
}
