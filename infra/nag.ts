/** The accepted findings of cdk-nag (AwsSolutions), each with its reason. For reviewers, and for apps that use cdk-nag. */
import { CfnElement, Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A finding that is accepted: where it is, its rule, and the reason. */
interface Acknowledgement {
  /** Path below the scope. If there is no construct at it, because an option is off, the row is skipped. */
  readonly path: string;
  /** The rule; some rules need what they found in brackets. */
  readonly rule: string;
  readonly reason: string;
}

/** Stands for the bucket's logical id, which is known only at synthesis. */
const ARCHIVE_BUCKET = 'ARCHIVE_BUCKET';

/** Of the user pool that the stack makes. An app with its own pool has its own findings. */
export const POOL_ACKNOWLEDGEMENTS: readonly Acknowledgement[] = [
  {
    path: 'UserPool/Pool/Resource',
    rule: 'COG1',
    reason:
      'NIST SP 800-63B-4 section 3.1.1.2 forbids rules about which characters a password is made of; the length is what counts.',
  },
  {
    path: 'UserPool/Pool/Resource',
    rule: 'COG2',
    reason: 'The second factor is the custom challenge, and guard-tokens gives no tokens without it.',
  },
  {
    path: 'UserPool/Pool/Resource',
    rule: 'COG8',
    reason:
      'Threat protection needs the Plus plan; custom authentication works on Lite, which an operator may change.',
  },
];

export const OTP_ACKNOWLEDGEMENTS: readonly Acknowledgement[] = [
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
    rule: `IAM5[Resource::<${ARCHIVE_BUCKET}.Arn>/trail/*]`,
    reason: 'Object keys hold the time, so they cannot be named ahead.',
  },
  {
    path: 'AuditArchive/FirehoseRole/Resource',
    rule: `IAM5[Resource::<${ARCHIVE_BUCKET}.Arn>/errors/*]`,
    reason: 'Object keys hold the time, so they cannot be named ahead.',
  },
  {
    path: 'AuditorRole/Role/DefaultPolicy/Resource',
    rule: `IAM5[Resource::<${ARCHIVE_BUCKET}.Arn>/*]`,
    reason: 'Auditors read all of the archive, and nothing but the archive is in this bucket.',
  },
  {
    path: 'AuditorRole/Role/DefaultPolicy/Resource',
    rule: 'IAM5[Resource::arn:<AWS::Partition>:cloudformation:<AWS::Region>:<AWS::AccountId>:stack/STACK_NAME/*]',
    reason: 'The id behind the name of the stack is given by CloudFormation; the name is exact.',
  },
];

/** Only for the setting tracing=true. Without it they could hide another wildcard. */
export const TRACING_ACKNOWLEDGEMENTS: readonly Acknowledgement[] = [
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallenge',
  'GuardTokens',
  'DeliverCode',
  'RecordFeedback',
  'SweepChallenges',
].map((name) => ({
  path: `${name}/Lambda/Role/DefaultPolicy/Resource`,
  rule: 'IAM5[Resource::*]',
  reason: 'The actions of X-Ray (xray:Put*) know no resource (X-Ray guide, "Actions defined by AWS X-Ray").',
}));

const logicalIdOf = (construct: IConstruct | undefined): string =>
  construct instanceof CfnElement ? Stack.of(construct).getLogicalId(construct) : '';

const find = (scope: IConstruct, path: string): IConstruct | undefined =>
  path.split('/').reduce<IConstruct | undefined>((found, name) => found?.node.tryFindChild(name), scope);

/** Acknowledges findings at and below `scope`: the stack for those of the pool, an `EmailOtp` for the others. */
export const acknowledgeFindings = (
  scope: IConstruct,
  acknowledgements: readonly Acknowledgement[],
): void => {
  const bucket = logicalIdOf(find(scope, 'AuditArchive/Bucket/Resource'));
  for (const { path, rule, reason } of acknowledgements) {
    const construct = find(scope, path);
    if (construct === undefined) continue;
    const found = rule.replace(ARCHIVE_BUCKET, bucket).replace('STACK_NAME', Stack.of(construct).stackName);
    Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${found}`, reason });
  }
};
