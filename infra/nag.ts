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

/** Stands for the bucket's logical id, which is known only at synthesis. */
const ARCHIVE_BUCKET = 'ARCHIVE_BUCKET';

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

/** The functions, by their ids below `EmailOtp`. */
const FUNCTIONS = [
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallenge',
  'GuardTokens',
  'DeliverCode',
  'RecordFeedback',
  'SweepChallenges',
];

/** Only where the function is traced. Otherwise it could hide another wildcard. */
const ofTracing = (name: string): Acknowledgement => ({
  path: `${name}/Lambda/Role/DefaultPolicy/Resource`,
  rule: 'IAM5[Resource::*]',
  reason: 'The actions of X-Ray (xray:Put*) know no resource (X-Ray guide, "Actions defined by AWS X-Ray").',
});

const find = (scope: IConstruct, path: string): IConstruct | undefined =>
  path.split('/').reduce<IConstruct | undefined>((found, name) => found?.node.tryFindChild(name), scope);

const findResource = (scope: IConstruct, path: string): cdk.CfnResource | undefined => {
  const found = find(scope, path);
  return cdk.CfnResource.isCfnResource(found) ? found : undefined;
};

const isTraced = (scope: IConstruct, name: string): boolean => {
  const resource = findResource(scope, `${name}/Lambda/Function/Resource`);
  return resource !== undefined && 'tracingConfig' in resource && resource.tracingConfig !== undefined;
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
  const bucket = findResource(emailOtp, 'AuditArchive/Bucket/Resource');
  const { stackName } = cdk.Stack.of(emailOtp);
  const traced = FUNCTIONS.filter((name) => isTraced(emailOtp, name));
  for (const { path, rule, reason } of [...ACKNOWLEDGEMENTS, ...traced.map(ofTracing)]) {
    const construct = find(emailOtp, path);
    if (construct === undefined) continue;
    const found = rule
      .replace(ARCHIVE_BUCKET, bucket === undefined ? '' : cdk.Stack.of(bucket).getLogicalId(bucket))
      .replace('STACK_NAME', stackName);
    Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${found}`, reason });
  }
};
