/**
 * The accepted findings of cdk-nag (AwsSolutions), each with its reason. For reviewers, and for apps that use cdk-nag.
 *
 * @module cognito-email-otp/nag
 */

// As a whole, because an older CDK has no `Validations`, and an import by its name would fail without a word about that.
import * as cdk from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { EmailOtp } from './email-otp.ts';

/** A finding that is accepted: where it is, its rule, and the reason. */
interface Acknowledgement {
  /** Path below the `EmailOtp`. If there is no construct at it, because an option is off, the row is skipped. */
  readonly path: string;
  /** The rule; some rules need what they found in brackets. */
  readonly rule: string;
  /** Why the finding is accepted. */
  readonly reason: string;
}

/** Stand for ARNs, which differ from app to app. */
const ARCHIVE_ARN = 'ARCHIVE_ARN';
const STACK_ARN = 'STACK_ARN';

const ACKNOWLEDGEMENTS: readonly Acknowledgement[] = [
  {
    path: 'AddressKey/Secret/Resource',
    rule: 'SMG4',
    reason:
      'Hashes of addresses must stay comparable for as long as trails are kept, and the key is worth no code.',
  },
  {
    path: 'CodeKey/Keyring/Resource',
    rule: 'SMG4',
    reason:
      'Keys are rotated by the command rotate-key: a new key is announced ahead, so that no code that is out breaks.',
  },
  {
    path: 'DeliveryWorkflow/StateMachine/Role/DefaultPolicy/Resource',
    rule: 'IAM5[Resource::*]',
    reason:
      'The actions of log delivery (logs:*LogDelivery*) know no resource (Step Functions guide, "CloudWatch Logs").',
  },
  {
    path: 'DeliveryWorkflow/StateMachine/Resource',
    rule: 'SF1',
    reason: 'Errors are logged; the rest is in the trail. Logging every event costs more and says no more.',
  },
  {
    path: 'DeliveryWorkflow/StateMachine/Resource',
    rule: 'SF2',
    reason: 'X-Ray is on with the setting tracing=true; the trail joins the steps without it.',
  },
  {
    path: 'RecordFeedback/DeadLetters/Resource',
    rule: 'SQS3',
    reason: 'It is a dead-letter queue itself.',
  },
  {
    path: 'AuditArchive/DeadLetters/Resource',
    rule: 'SQS3',
    reason: 'It is a dead-letter queue itself.',
  },
  {
    path: 'AuditArchive/Bucket/Resource',
    rule: 'S1',
    reason: 'Nobody can change what is in the bucket; who reads it is seen in CloudTrail data events.',
  },
  {
    path: 'AuditArchive/FirehoseRole/Resource',
    rule: `IAM5[Resource::${ARCHIVE_ARN}/trail/*]`,
    reason: 'Object keys hold the time, so they cannot be named ahead.',
  },
  {
    path: 'AuditArchive/FirehoseRole/Resource',
    rule: `IAM5[Resource::${ARCHIVE_ARN}/errors/*]`,
    reason: 'Object keys hold the time, so they cannot be named ahead.',
  },
  {
    path: 'AuditorRole/Role/DefaultPolicy/Resource',
    rule: `IAM5[Resource::${ARCHIVE_ARN}/*]`,
    reason: 'Auditors read all of the archive, and nothing but the archive is in this bucket.',
  },
  {
    path: 'AuditorRole/Role/DefaultPolicy/Resource',
    rule: `IAM5[Resource::${STACK_ARN}]`,
    reason: 'The id behind the name of the stack is given by CloudFormation; the name is exact.',
  },
];

/** The functions, by their ids below `EmailOtp`. */
const FUNCTIONS = [
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallenge',
  'GuardTokens',
  'DeliverCode',
  'RecordFeedback',
  'SweepChallenges',
  'AttachPool',
  'CheckPool',
];

/** Only where the function is traced. Otherwise it could hide another wildcard. */
const ofTracing = (name: string): Acknowledgement => ({
  path: `${name}/Lambda/Role/DefaultPolicy/Resource`,
  rule: 'IAM5[Resource::*]',
  reason: 'The actions of X-Ray (xray:Put*) know no resource (X-Ray guide, "Actions defined by AWS X-Ray").',
});

/** What writes to the table, by the path of its role. */
const WRITERS = [
  'CreateAuthChallenge/Lambda',
  'VerifyAuthChallenge/Lambda',
  'GuardTokens/Lambda',
  'DeliverCode/Lambda',
  'RecordFeedback/Lambda',
  'SweepChallenges/Lambda',
  'TakeReport/Lambda',
  'DeliveryWorkflow/StateMachine',
  'UnlockRole',
  'AttachPool/Lambda',
  'AttachRole',
];

/** Only where the app's own key encrypts the table. */
const ofEncryption = (writer: string): readonly Acknowledgement[] =>
  ['kms:ReEncrypt*', 'kms:GenerateDataKey*'].map((action) => ({
    path: `${writer}/Role/DefaultPolicy/Resource`,
    rule: `IAM5[Action::${action}]`,
    reason:
      'DynamoDB asks for these actions by these patterns, on the one key (DynamoDB guide, "Encryption at rest").',
  }));

const find = (scope: IConstruct, path: string): IConstruct | undefined =>
  path.split('/').reduce<IConstruct | undefined>((found, name) => found?.node.tryFindChild(name), scope);

/** A property of a resource, by its name in the CDK; undefined if there is no such resource. */
const propertyOf = (scope: IConstruct, path: string, name: string): unknown =>
  (find(scope, path) as Readonly<Record<string, unknown>> | undefined)?.[name];

const isTraced = (scope: IConstruct, name: string): boolean =>
  propertyOf(scope, `${name}/Lambda/Function/Resource`, 'tracingConfig') !== undefined;

const isEncrypted = (scope: IConstruct): boolean =>
  propertyOf(scope, 'ChallengeTable/Table/Resource', 'sseSpecification') !== undefined;

const acknowledgementsFor = (scope: IConstruct): readonly Acknowledgement[] => [
  ...ACKNOWLEDGEMENTS,
  ...FUNCTIONS.filter((name) => isTraced(scope, name)).map(ofTracing),
  ...(isEncrypted(scope) ? WRITERS.flatMap(ofEncryption) : []),
];

/** An ARN as cdk-nag writes it: `arn:<AWS::Partition>:…`. */
const flatten = (resolved: unknown): string => {
  if (typeof resolved !== 'object' || resolved === null) return String(resolved);
  const [[name, argument] = []] = Object.entries(resolved);
  if (name === 'Ref') return `<${argument}>`;
  if (name === 'Fn::GetAtt') return `<${argument.join('.')}>`;
  if (name !== 'Fn::Join') return JSON.stringify(resolved);
  const [delimiter, parts] = argument;
  return parts.map(flatten).join(delimiter);
};

/**
 * Acknowledges what cdk-nag 3 finds below an `EmailOtp` by its rules `AwsSolutions`, each finding with its reason. What it
 * finds at the app's user pool is the app's own. Throws an error if aws-cdk-lib is older than 2.252.
 */
export const acknowledgeNagFindings = (emailOtp: EmailOtp): void => {
  const { Validations } = cdk;
  if (Validations === undefined) {
    throw new Error(
      'acknowledgeNagFindings needs aws-cdk-lib 2.252.0 or later, from which on findings are acknowledged by Validations; ' +
        'cdk-nag 3 itself needs 2.257.0',
    );
  }
  const stack = cdk.Stack.of(emailOtp);
  const arns = {
    [ARCHIVE_ARN]: propertyOf(emailOtp, 'AuditArchive/Bucket/Resource', 'attrArn'),
    [STACK_ARN]: stack.formatArn({
      service: 'cloudformation',
      resource: 'stack',
      resourceName: `${stack.stackName}/*`,
    }),
  };
  for (const { path, rule, reason } of acknowledgementsFor(emailOtp)) {
    const construct = find(emailOtp, path);
    if (construct === undefined) continue;
    const found = Object.entries(arns).reduce(
      (text, [name, arn]) => text.replace(name, () => flatten(stack.resolve(arn))),
      rule,
    );
    Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${found}`, reason });
  }
};
