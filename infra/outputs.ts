/** The outputs of an `EmailOtp`. The commands find it by them, and operators find its dashboard. */
import { Aws, CfnCondition, CfnOutput, Fn, Stack, Token, Tokenization } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ReportingClients } from '../shared/clients/reporting-clients.ts';
import type { StackOutputs } from '../shared/messages/stack/outputs.ts';
import { toWrittenLimits } from '../shared/messages/stack/user-limits.ts';
import type { EventVersion } from '../shared/pool/places.ts';
import { ADDRESS_ADVICE } from './mail/sender-check.ts';
import type { Parts } from './parts.ts';
import { triggerArns } from './pool/pool-triggers.ts';
import { senderDomain } from './settings/email-sender.ts';
import { type Settings, toLimits } from './settings/settings.ts';
import { outputPrefix } from './unique-name.ts';

/** What the commands are told of a pool that the stack does not make, in which clients report, or that somebody looks at. */
export interface ToldOfPool {
  /** Undefined if the stack makes the pool. */
  readonly attachRoleArn?: string | undefined;
  /** Who sets the triggers: a custom resource, a person, or the template that makes the pool. */
  readonly attachedBy: 'deployment' | 'command' | 'template';
  readonly eventVersion: EventVersion;
  readonly reportingClients: ReportingClients;
  /** The ids of doors that may stay open. */
  readonly accepted?: string[] | undefined;
}

export interface OutputsProps {
  readonly userPoolId: string;
  readonly settings: Settings;
  readonly parts: Parts;
  /** Undefined if the stack makes the pool, no client may report, and nobody looks at it. */
  readonly pool?: ToldOfPool | undefined;
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

const ofPool = (scope: Construct, { settings, parts, pool }: OutputsProps): Partial<OtpOutputs> => {
  if (pool === undefined) return {};
  const { attachRoleArn, attachedBy, eventVersion, reportingClients, accepted } = pool;
  return {
    LambdaConfig: Stack.of(scope).toJsonString(triggerArns(parts.triggers)),
    PreTokenEventVersion: eventVersion,
    ReportingClients: JSON.stringify(reportingClients),
    ...(accepted !== undefined && { AcceptedDoors: Stack.of(scope).toJsonString(accepted) }),
    CodeLifetimeSeconds: Tokenization.stringifyNumber(toLimits(settings).codeLifetime),
    ...(attachRoleArn !== undefined && { AttachRoleArn: attachRoleArn }),
    AttachedBy: attachedBy,
  };
};

const outputsOf = (scope: Construct, props: OutputsProps): OtpOutputs => ({
  UserPoolId: props.userPoolId,
  TableName: props.parts.table.tableName,
  DeadLetterQueueUrl: props.parts.deadLetters.queueUrl,
  StateMachineArn: props.parts.stateMachine.stateMachineArn,
  AuditorRoleArn: props.parts.auditorRole.roleArn,
  KeyringSecretArn: props.parts.keyring.secretArn,
  KeyRotationRoleArn: props.parts.keyRotationRole.roleArn,
  UnlockRoleArn: props.parts.unlockRole.roleArn,
  GuardLimits: limitsOutput(scope, props.settings),
  DashboardUrl: dashboardUrl(scope, props.parts),
  AuditArchiveBucketName: props.parts.archiveBucket?.bucketName,
  ...ofPool(scope, props),
});

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  LambdaConfig: 'The triggers of the user pool, as UpdateUserPool and CloudFormation take them',
};

const MAIL_FROM_DESCRIPTIONS = {
  MX: 'A DNS record that brings bounces to SES; with it and the next one SPF passes for your domain',
  TXT: 'A DNS record that says that SES may send for the MAIL FROM domain',
} as const;

const DMARC_DESCRIPTION =
  'A DNS record to begin with, if neither the domain nor its parent has one: mail programs then tell yours from forged mails';

/** Adds the outputs to the stack of `scope`, which is the `EmailOtp`. Each is called by its own name behind `outputPrefix`. */
export const addOutputs = (scope: Construct, props: OutputsProps): void => {
  const add = (name: string, value: string, description?: string) => {
    const output = new CfnOutput(scope, name, { value, ...(description !== undefined && { description }) });
    output.overrideLogicalId(`${outputPrefix(scope)}${name}`);
  };
  for (const [name, value] of Object.entries(outputsOf(scope, props))) {
    if (value !== undefined) add(name, value, DESCRIPTIONS[name]);
  }
  for (const [index, { name, value }] of props.parts.dkimRecords.entries()) {
    const description = 'A DNS record that SES waits for before it sends mails';
    add(`DkimRecord${index + 1}`, `${name} CNAME ${value}`, description);
  }
  for (const { name, type, value } of props.parts.mailFromRecords)
    add(`MailFrom${type}`, `${name} ${type} ${value}`, MAIL_FROM_DESCRIPTIONS[type]);
  const { emailSender, senderIdentity } = props.settings;
  if (senderIdentity === 'domain') {
    const name = `_dmarc.${senderDomain(emailSender)}`;
    add('DmarcRecord', `${name} TXT "v=DMARC1; p=none"`, DMARC_DESCRIPTION);
  }
  if (senderIdentity === 'address') add('SenderAdvice', ADDRESS_ADVICE);
};
