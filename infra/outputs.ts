/** The outputs of an `EmailOtp`. The commands find it by them, and operators find its dashboard. */
import { Aws, CfnCondition, CfnOutput, Fn, Stack, Token, Tokenization } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StackOutputs } from '../shared/messages/outputs.ts';
import { toWrittenLimits } from '../shared/messages/user-limits.ts';
import type { Parts } from './parts.ts';
import { type Settings, toLimits } from './settings/settings.ts';
import { outputPrefix } from './unique-name.ts';

export interface OutputsProps {
  readonly userPoolId: string;
  readonly settings: Settings;
  readonly parts: Parts;
}

/** Where the console is in the partitions that have one of their own. */
const CONSOLES = {
  'aws-cn': 'console.amazonaws.cn',
  'aws-eusc': 'console.amazonaws-eusc.eu',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
} as const;

/** Whether the stack is in the partition. All `EmailOtp`s of a stack share the condition, as CloudFormation warns of equal ones. */
const partitionCondition = (stack: Stack, partition: string): string => {
  const id = `Partition-${partition}`;
  const expression = Fn.conditionEquals(Aws.PARTITION, partition);
  const known = stack.node.tryFindChild(id) as CfnCondition | undefined;
  return (known ?? new CfnCondition(stack, id, { expression })).logicalId;
};

/** The deployment chooses, because the partition need not be known before. */
const consoleDomain = (scope: Construct): string =>
  Object.entries(CONSOLES).reduce((otherwise, [partition, domain]) => {
    const condition = partitionCondition(Stack.of(scope), partition);
    return Fn.conditionIf(condition, domain, otherwise).toString();
  }, 'console.aws.amazon.com');

const dashboardUrl = (scope: Construct, { dashboard }: Parts): string => {
  const { region } = Stack.of(scope);
  return `https://${region}.${consoleDomain(scope)}/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard.dashboardName}`;
};

/** A number that only the deployment knows may become a product, which JSON takes as a text only. */
const limitsOutput = (scope: Construct, settings: Settings): string => {
  const written = Object.entries(toWrittenLimits(toLimits(settings))).map(([name, value]) => [
    name,
    Token.isUnresolved(value) ? Tokenization.stringifyNumber(value) : value,
  ]);
  return Stack.of(scope).toJsonString(Object.fromEntries(written));
};

/** A user pool's client is not the construct's. */
type OtpOutputs = Omit<StackOutputs, 'UserPoolClientId'>;

const outputsOf = (scope: Construct, { userPoolId, settings, parts }: OutputsProps): OtpOutputs => ({
  UserPoolId: userPoolId,
  TableName: parts.table.tableName,
  DeadLetterQueueUrl: parts.deadLetters.queueUrl,
  StateMachineArn: parts.stateMachine.stateMachineArn,
  AuditorRoleArn: parts.auditorRole.roleArn,
  KeyringSecretArn: parts.keyring.secretArn,
  KeyRotationRoleArn: parts.keyRotationRole.roleArn,
  UnlockRoleArn: parts.unlockRole.roleArn,
  GuardLimits: limitsOutput(scope, settings),
  DashboardUrl: dashboardUrl(scope, parts),
  AuditArchiveBucketName: parts.archiveBucket?.bucketName,
});

/** Adds the outputs to the stack of `scope`, which is the `EmailOtp`. Each is called by its own name behind `outputPrefix`. */
export const addOutputs = (scope: Construct, props: OutputsProps): void => {
  const add = (name: string, value: string, description?: string) => {
    const output = new CfnOutput(scope, name, { value, ...(description !== undefined && { description }) });
    output.overrideLogicalId(`${outputPrefix(scope)}${name}`);
  };
  for (const [name, value] of Object.entries(outputsOf(scope, props))) {
    if (value !== undefined) add(name, value);
  }
  for (const [index, { name, value }] of props.parts.dkimRecords.entries()) {
    const description = 'A DNS record that SES waits for before it sends mails';
    add(`DkimRecord${index + 1}`, `${name} CNAME ${value}`, description);
  }
};
