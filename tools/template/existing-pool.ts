import { type CfnCondition, CfnOutput, Fn, type Stack } from 'aws-cdk-lib';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { addOutputs } from '../../infra/outputs.ts';
import type { Parts } from '../../infra/parts.ts';
import type { Settings } from '../../infra/settings/settings.ts';
import type { Triggers } from '../../infra/watch/watched.ts';

export interface ExistingPoolProps {
  readonly settings: Settings;
  readonly parts: Parts;
  /** The parameter `UserPoolArn` was given. */
  readonly hasPool: CfnCondition;
}

/** Cognito's names of the triggers, and ours of the functions in outputs. */
const TRIGGERS = {
  'define-auth-challenge': { trigger: 'DefineAuthChallenge', name: 'DefineAuthChallenge' },
  'create-auth-challenge': { trigger: 'CreateAuthChallenge', name: 'CreateAuthChallenge' },
  'verify-auth-challenge': { trigger: 'VerifyAuthChallengeResponse', name: 'VerifyAuthChallenge' },
  'guard-tokens': { trigger: 'PreTokenGeneration', name: 'GuardTokens' },
} as const satisfies Readonly<Record<keyof Triggers, object>>;

const all = (triggers: Triggers) =>
  Object.entries(TRIGGERS).map(([service, names]) => ({
    ...names,
    arn: triggers[service as keyof Triggers].functionArn,
  }));

/** The commands that permit a pool to call the functions, for whoever has not given the template the pool. */
const permissionCommands = (triggers: Triggers): string =>
  all(triggers)
    .map(
      ({ arn }) =>
        `aws lambda add-permission --function-name ${arn} --statement-id cognito --action lambda:InvokeFunction ` +
        '--principal cognito-idp.amazonaws.com --source-arn "$USER_POOL_ARN"',
    )
    .join('\n');

/** What a pool that somebody else makes needs to call the functions: their permissions, and the values to set in the pool. */
export const addExistingPool = (stack: Stack, { settings, parts, hasPool }: ExistingPoolProps): void => {
  const { triggers } = parts;
  const sourceArn = Fn.ref('UserPoolArn');
  for (const { name, arn } of all(triggers)) {
    const permission = new CfnPermission(stack, `${name}Permission`, {
      action: 'lambda:InvokeFunction',
      functionName: arn,
      principal: 'cognito-idp.amazonaws.com',
      sourceArn,
    });
    permission.cfnOptions.condition = hasPool;
    new CfnOutput(stack, `${name}Arn`, { value: arn });
  }
  const lambdaConfig = Object.fromEntries(all(triggers).map(({ trigger, arn }) => [trigger, arn]));
  new CfnOutput(stack, 'LambdaConfig', {
    description: 'The triggers of the user pool, as UpdateUserPool and CloudFormation take them',
    value: stack.toJsonString(lambdaConfig),
  });
  new CfnOutput(stack, 'Permissions', {
    description: 'Commands that permit the user pool to call the functions, unless UserPoolArn was given',
    value: permissionCommands(triggers),
  });
  const userPoolId = Fn.select(1, Fn.split('/', sourceArn));
  addOutputs(stack, { userPoolId, settings, parts });
  (stack.node.findChild('UserPoolId') as CfnOutput).condition = hasPool;
};
