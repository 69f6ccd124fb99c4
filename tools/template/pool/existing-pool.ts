import { CfnCondition, CfnOutput, CfnResource, Fn, type Stack } from 'aws-cdk-lib';
import { CfnPolicy, PolicyDocument, type Role } from 'aws-cdk-lib/aws-iam';
import { type CfnFunction, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { addOutputs } from '../../../infra/outputs.ts';
import type { Parts } from '../../../infra/parts.ts';
import { handingStatements } from '../../../infra/pool/pool-policies.ts';
import { AttachRole } from '../../../infra/roles/attach-role.ts';
import type { Settings } from '../../../infra/settings/settings.ts';
import type { Triggers } from '../../../infra/watch/watched.ts';
import { isGiven } from '../is-given.ts';
import { deployedReportingClients } from './reporting-clients.ts';

export interface ExistingPoolProps {
  readonly settings: Settings;
  readonly parts: Parts;
}

/** Our names of the functions in outputs. */
const NAMES = {
  'define-auth-challenge': 'DefineAuthChallenge',
  'create-auth-challenge': 'CreateAuthChallenge',
  'verify-auth-challenge': 'VerifyAuthChallenge',
  'guard-tokens': 'GuardTokens',
} as const satisfies Readonly<Record<keyof Triggers, string>>;

const all = (triggers: Triggers) =>
  Object.entries(NAMES).map(([service, name]) => ({
    name,
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

interface AttachRoleOfPool {
  readonly poolArn: string;
  readonly poolId: string;
  readonly parts: Parts;
  readonly hasPool: CfnCondition;
}

/** The parameters with what Cognito wants to be handed again in each update of a pool that has it. */
const HANDED = [
  ['SmsRoleArn', 'smsRoleArn'],
  ['CustomSenderKeyArn', 'customSenderKeyArn'],
] as const;

/** Each policy is there only with its parameter, and never without the role. */
const allowHanding = (stack: Stack, role: Role, hasPool: CfnCondition): void => {
  for (const [name, handed] of HANDED) {
    const policy = new CfnPolicy(stack, `${name}Policy`, {
      policyName: `Hand${name}`,
      policyDocument: new PolicyDocument({
        statements: [...handingStatements({ [handed]: Fn.ref(name) })],
      }),
      roles: [role.roleName],
    });
    policy.cfnOptions.condition = new CfnCondition(stack, `Hands${name}`, {
      expression: Fn.conditionAnd(hasPool, isGiven(stack, name)),
    });
  }
};

/** The role of the commands that attach the pool; its policies name the pool, so it is there only if that was given. */
const addAttachRole = (stack: Stack, { poolArn, poolId, parts, hasPool }: AttachRoleOfPool): string => {
  const props = { poolArn, poolId, existing: {}, table: parts.challenges };
  const attachRole = new AttachRole(stack, 'AttachRole', props);
  for (const one of attachRole.node.findAll()) {
    if (CfnResource.isCfnResource(one)) one.cfnOptions.condition = hasPool;
  }
  allowHanding(stack, attachRole.role, hasPool);
  return attachRole.role.roleArn;
};

const outputOf = (stack: Stack, name: string): CfnOutput => stack.node.findChild(name) as CfnOutput;

/** The constructs know the clients at synthesis only. */
const addReportingClients = (stack: Stack, { triggers }: Parts): void => {
  const { variable, output } = deployedReportingClients(isGiven(stack, 'ReportingClients'));
  const guard = triggers['guard-tokens'].node.defaultChild as CfnFunction;
  guard.addPropertyOverride('Environment.Variables.REPORTING_CLIENTS', variable);
  outputOf(stack, 'ReportingClients').value = output;
};

/** What a pool that somebody else makes needs to call the functions: their permissions, and the values to set in the pool. */
export const addExistingPool = (stack: Stack, { settings, parts }: ExistingPoolProps): void => {
  const { triggers } = parts;
  const hasPool = isGiven(stack, 'UserPoolArn');
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
  new CfnOutput(stack, 'Permissions', {
    description: 'Commands that permit the user pool to call the functions, unless UserPoolArn was given',
    value: permissionCommands(triggers),
  });
  const userPoolId = Fn.select(1, Fn.split('/', sourceArn));
  const attachRoleArn = addAttachRole(stack, { poolArn: sourceArn, poolId: userPoolId, parts, hasPool });
  const pool = {
    attachRoleArn,
    attachedBy: 'command',
    eventVersion: 'V1_0',
    reportingClients: {},
  } as const;
  addOutputs(stack, { userPoolId, settings, parts, pool });
  addReportingClients(stack, parts);
  for (const name of ['UserPoolId', 'AttachRoleArn']) outputOf(stack, name).condition = hasPool;
};
