/** The release c5286e8 as it was deployed: its bundles, their environment and its workflow, beside today's. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalFunction } from '../../../../local/engines/lambda/local-function.ts';
import { loadTemplate } from '../../../../local/ground/template.ts';
import { STACK_NAME } from '../../../../local/system.ts';
import { serviceOf } from '../world/service-of.ts';

const FOLDER = join(import.meta.dirname, '../../../upgrade/c5286e8');

const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

const ENVIRONMENT = JSON.parse(read('environment.json')) as Readonly<Record<string, Record<string, string>>>;

/** The function with the old bundle. */
export const oldFunction = (fn: LocalFunction): LocalFunction => ({
  ...fn,
  codeFolder: FOLDER,
  handler: `${serviceOf(fn.name)}.handler`,
});

/** The variables whose names or values have changed since. Names of resources are the same as today. */
export const oldEnvironment = (fn: LocalFunction): Readonly<Record<string, string>> =>
  ENVIRONMENT[serviceOf(fn.name)] ?? {};

const OLD_WORKFLOW = 'OldDeliveryWorkflow';

interface RawTemplate {
  readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>;
}

export interface WithOldWorkflow extends Disposable {
  readonly templateFolder: string;
  /** The ARN of the workflow with the old definition. */
  readonly oldWorkflowArn: string;
}

/** A copy of the cloud assembly with a second workflow, which has the old definition. */
export const withOldWorkflow = (templateFolder: string): WithOldWorkflow => {
  const folder = mkdtempSync(join(tmpdir(), 'email-otp-old-workflow-'));
  cpSync(templateFolder, folder, { recursive: true });
  const file = join(folder, `${STACK_NAME}.template.json`);
  const template = JSON.parse(readFileSync(file, 'utf8')) as RawTemplate;
  const today = Object.values(template.Resources).find(
    ({ Type }) => Type === 'AWS::StepFunctions::StateMachine',
  );
  if (today === undefined) throw new Error('The template has no workflow');
  template.Resources[OLD_WORKFLOW] = {
    ...today,
    Properties: { ...today.Properties, DefinitionString: read('delivery-workflow.asl.json') },
  };
  writeFileSync(file, JSON.stringify(template));
  const machines = loadTemplate(folder, STACK_NAME, 'http://127.0.0.1').ofType(
    'AWS::StepFunctions::StateMachine',
  );
  return {
    templateFolder: folder,
    oldWorkflowArn: machines.find(({ logicalId }) => logicalId === OLD_WORKFLOW)?.names.ref ?? '',
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
};
