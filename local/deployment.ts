/** What a deployment does besides making resources: it attaches pools that are elsewhere. Connects the engines that play it. */
import { join } from 'node:path';
import { ATTACHMENT_TYPE } from '../shared/deployment/attachment.ts';
import type { Engines } from './assembly.ts';
import { createAnswers } from './engines/cloudformation/answers.ts';
import { type Attachments, createAttachments } from './engines/cloudformation/attachments.ts';
import { createCustomResources } from './engines/cloudformation/custom-resources.ts';
import { createDeployed } from './engines/cloudformation/deployed.ts';
import type { Route } from './ground/endpoint.ts';
import type { Ground } from './ground/ground.ts';
import { AwsError } from './ground/service.ts';

export interface LocalDeployment {
  readonly attachments: Attachments;
  /** Takes the answers of custom resources. */
  readonly route: Route;
  /** Those of these pools that the local Cognito does not have. */
  absent(poolIds: readonly string[]): Promise<readonly string[]>;
}

export const createDeployment = (
  { folder, endpoint, template, state }: Ground,
  { lambda, userPools }: Engines,
  say: (text: string) => void = () => {},
): LocalDeployment => {
  const answers = createAnswers(endpoint.url);
  const isThere = async (UserPoolId: string): Promise<boolean> => {
    try {
      await userPools.operations.DescribeUserPool?.({ UserPoolId });
      return true;
    } catch (error) {
      if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return false;
      throw error;
    }
  };
  const resources = createCustomResources({
    template,
    type: ATTACHMENT_TYPE,
    deployed: createDeployed(state, join(folder, 'state')),
    answers,
    invoke: lambda.invoke,
  });
  return {
    attachments: createAttachments({ resources, isThere, say }),
    route: answers.route,
    absent: async (poolIds) => {
      const absent: string[] = [];
      for (const poolId of new Set(poolIds)) if (!(await isThere(poolId))) absent.push(poolId);
      return absent;
    },
  };
};
