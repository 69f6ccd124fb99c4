/** Provides what `synthesized-stack.ts` does, synthesized once for all projects of a run. */
import type { TestProject } from 'vitest/node';
import { setup as synthesizeStack } from './synthesized-stack.ts';

/** Vitest sets projects up one after the other, and each inherits what the root project provides. */
export const setup = async (project: TestProject): Promise<void> => {
  const root = project.vitest.getRootProject();
  if (!('templateFolder' in root.getProvidedContext())) await synthesizeStack(root);
};
