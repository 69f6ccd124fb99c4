/** The stack that `cdk deploy` deploys: a user pool and the second factor for it. */
import { Aws, CfnCondition, CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { StackOutputs } from '../shared/messages/outputs.ts';
import { writeUserLimits } from '../shared/messages/user-limits.ts';
import { OtpUserPool } from './data/otp-user-pool.ts';
import { EmailOtp } from './email-otp.ts';
import { type Settings, toLimits } from './settings/settings.ts';

/** Where the console is in the partitions that have one of their own. */
const CONSOLES = {
  'aws-cn': 'console.amazonaws.cn',
  'aws-eusc': 'console.amazonaws-eusc.eu',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
} as const;

/** The deployment chooses, because the partition need not be known before. */
const consoleDomain = (scope: Construct): string =>
  Object.entries(CONSOLES).reduce((otherwise, [partition, domain]) => {
    const expression = Fn.conditionEquals(Aws.PARTITION, partition);
    const { logicalId } = new CfnCondition(scope, `Partition-${partition}`, { expression });
    return Fn.conditionIf(logicalId, domain, otherwise).toString();
  }, 'console.aws.amazon.com');

/** A new user pool with the second factor. The outputs have what a client or an operator needs. */
export class EmailOtpStack extends Stack {
  /** `settings` must be checked and complete, as `readSettings` returns them. */
  constructor(scope: Construct, id: string, settings: Settings, props: StackProps = {}) {
    super(scope, id, {
      description: 'Email one-time passwords as the second factor of a Cognito user pool',
      ...props,
    });

    const { encryptionKey, alarmTopic, ...others } = settings;
    const { userPool, client } = new OtpUserPool(this, 'UserPool', { settings });
    // The id `Default` is left out of the names of resources.
    const otp = new EmailOtp(this, 'Default', {
      ...others,
      userPool,
      encryptionKey: encryptionKey ? Key.fromKeyArn(this, 'EncryptionKey', encryptionKey) : undefined,
      alarmTopic: alarmTopic ? Topic.fromTopicArn(this, 'AlarmTopic', alarmTopic) : undefined,
    });

    const outputs: StackOutputs = {
      UserPoolId: userPool.userPoolId,
      UserPoolClientId: client.userPoolClientId,
      TableName: otp.table.tableName,
      DeadLetterQueueUrl: otp.deadLetters.queueUrl,
      StateMachineArn: otp.stateMachine.stateMachineArn,
      AuditorRoleArn: otp.auditorRole.roleArn,
      KeyringSecretArn: otp.keyring.secretArn,
      KeyRotationRoleArn: otp.keyRotationRole.roleArn,
      UnlockRoleArn: otp.unlockRole.roleArn,
      GuardLimits: writeUserLimits(toLimits(settings)),
      DashboardUrl: `https://${this.region}.${consoleDomain(this)}/cloudwatch/home?region=${this.region}#dashboards/dashboard/${otp.dashboard.dashboardName}`,
      AuditArchiveBucketName: otp.archiveBucket?.bucketName,
    };
    for (const [name, value] of Object.entries(outputs)) {
      if (value !== undefined) new CfnOutput(this, name, { value });
    }
    for (const [index, { name, value }] of otp.dkimRecords.entries()) {
      new CfnOutput(this, `DkimRecord${index + 1}`, {
        description: 'A DNS record that SES waits for before it sends mails',
        value: `${name} CNAME ${value}`,
      });
    }
  }
}
