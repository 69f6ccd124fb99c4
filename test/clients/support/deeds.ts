/** Prints in the end what each client has done: the tests of the run, by client. */
import type { TestModule, TestProject } from 'vitest/node';

const MARKS = { passed: '✓', failed: '✗', skipped: '–', pending: '–' } as const;

const linesOf = (module: TestModule): readonly string[] =>
  [...module.children.suites()].flatMap((client) => [
    client.name,
    ...[...client.children.allTests()].map((test) => `  ${MARKS[test.result().state]} ${test.name}`),
  ]);

export const setup = (project: TestProject) => (): void => {
  const modules = project.vitest.state.getTestModules().filter((module) => module.project === project);
  const lines = modules.toSorted((a, b) => (a.moduleId < b.moduleId ? -1 : 1)).flatMap(linesOf);
  console.log(`\nWhat each client did against the local system (– was skipped):\n${lines.join('\n')}\n`);
};
