/** The stack as the unmodified CDK command line deploys it to MiniStack. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  type StackResource,
} from '@aws-sdk/client-cloudformation';
import { ACCOUNT_ID } from '../../../local/ground/template.ts';
import { run } from '../process/process.ts';
import type { Ministack } from './ministack.ts';

const CDK = fileURLToPath(new URL('../../../node_modules/aws-cdk/bin/cdk', import.meta.url));
const STACK = 'EmailOtp';

/** Settings, as the option `-c` takes them. */
export type Settings = Readonly<Record<string, string>>;

export interface CdkResult {
  readonly code: number;
  readonly output: string;
}

/** `cdk <args>` with the sender that the stack asks for. `settings` come on top of the defaults. */
export const cdk = (
  ministack: Ministack,
  args: readonly string[],
  settings: Settings = {},
): Promise<CdkResult> => {
  const context = Object.entries({ emailSender: 'otp@example.com', ...settings });
  const all = [...args, '--output', join(ministack.folder, 'cdk.out'), '--no-notices', '--ci'];
  for (const [name, value] of context) all.push('-c', `${name}=${value}`);
  return run(process.execPath, [CDK, ...all], ministack.environment);
};

/** Like `cdk`, for commands that must succeed. Otherwise it throws with all that the CDK printed. */
export const cdkSucceeds = async (
  ministack: Ministack,
  args: readonly string[],
  settings?: Settings,
): Promise<string> => {
  const { code, output } = await cdk(ministack, args, settings);
  if (code !== 0) throw new Error(`cdk ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
};

export const bootstrap = (ministack: Ministack): Promise<string> =>
  cdkSucceeds(ministack, ['bootstrap', `aws://${ACCOUNT_ID}/us-east-1`]);

export interface Deployment {
  readonly outputs: Readonly<Record<string, string>>;
  readonly resources: readonly StackResource[];
  /** The physical id of the resource of this type whose logical id starts like this. Throws if there is none. */
  physicalId(type: string, logicalIdPrefix: string): string;
}

/** What there is of a stack that has been deployed. */
export const deployed = async ({ clients }: Ministack, StackName: string): Promise<Deployment> => {
  const client = new CloudFormationClient(clients);
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  const { StackResources: resources = [] } = await client.send(
    new DescribeStackResourcesCommand({ StackName }),
  );
  client.destroy();
  return {
    outputs: Object.fromEntries(
      (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    ),
    resources,
    physicalId: (type, prefix) => {
      const found = resources.find(
        ({ ResourceType, LogicalResourceId }) =>
          ResourceType === type && LogicalResourceId?.startsWith(prefix),
      );
      if (found?.PhysicalResourceId === undefined) throw new Error(`The stack has no ${type} ${prefix}`);
      return found.PhysicalResourceId;
    },
  };
};

/** Deploys the stack, for the first time or as an update. */
export const deploy = async (ministack: Ministack, settings?: Settings): Promise<Deployment> => {
  await cdkSucceeds(ministack, ['deploy', '--require-approval', 'never', '--progress', 'events'], settings);
  return deployed(ministack, STACK);
};

export interface TemplateResource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
}

/** The template of the latest synthesis, by logical id. */
export const templateResources = ({ folder }: Ministack): Readonly<Record<string, TemplateResource>> =>
  JSON.parse(readFileSync(join(folder, 'cdk.out', `${STACK}.template.json`), 'utf8')).Resources;

export const countByType = (types: readonly (string | undefined)[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...Map.groupBy(types.toSorted(), (type) => type)].map(([type, all]) => [type, all.length]),
  );
