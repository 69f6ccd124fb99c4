/** Synthesizes the stack once for a whole test run, with the real CDK command line. */
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { synthesize } from '../../../local/synth.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The cloud assembly with the default settings. */
    templateFolder: string;
    /** The same with notices and links "this was not me", and with 10-digit codes, which do not turn up by chance. */
    longCodesTemplateFolder: string;
  }
}

const FOLDER = fileURLToPath(new URL('../../../.local/test/', import.meta.url));

export const setup = async (project: TestProject): Promise<void> => {
  const folders = {
    templateFolder: `${FOLDER}cdk.out`,
    longCodesTemplateFolder: `${FOLDER}cdk-long-codes.out`,
  };
  const settings = { emailSender: 'otp@example.com' };
  await Promise.all([
    synthesize(folders.templateFolder, settings),
    synthesize(folders.longCodesTemplateFolder, {
      ...settings,
      codeLength: '10',
      notices: 'true',
      reportLink: 'true',
    }),
  ]);
  project.provide('templateFolder', folders.templateFolder);
  project.provide('longCodesTemplateFolder', folders.longCodesTemplateFolder);
};
