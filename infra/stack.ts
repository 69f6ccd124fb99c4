/** What `cdk deploy` deploys: a user pool and the second factor for it. */
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { writeGuardLimits } from '../shared/messages/guard-limits.ts';
import { OtpUserPool } from './data/otp-user-pool.ts';
import { EmailOtp } from './email-otp.ts';
import { type Settings, toLimits } from './settings/settings.ts';

/** A user pool of its own with the second factor. Its outputs say what a client or an operator needs. */
export class EmailOtpStack extends Stack {
  /** `settings` are checked and complete: `readSettings` makes them of the CDK's context. */
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id, { description: 'Email one-time passwords as the second factor of a Cognito user pool' });

    const { encryptionKey, alarmTopic, ...others } = settings;
    const { userPool, client } = new OtpUserPool(this, 'UserPool', { settings });
    // As the default child, it does not show in the names of the resources.
    const otp = new EmailOtp(this, 'Default', {
      ...others,
      userPool,
      encryptionKey: encryptionKey ? Key.fromKeyArn(this, 'EncryptionKey', encryptionKey) : undefined,
      alarmTopic: alarmTopic ? Topic.fromTopicArn(this, 'AlarmTopic', alarmTopic) : undefined,
    });

    new CfnOutput(this, 'UserPoolId', { value: userPool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: client.userPoolClientId });
    new CfnOutput(this, 'TableName', { value: otp.table.tableName });
    new CfnOutput(this, 'DeadLetterQueueUrl', { value: otp.deadLetters.queueUrl });
    new CfnOutput(this, 'StateMachineArn', { value: otp.stateMachine.stateMachineArn });
    new CfnOutput(this, 'AuditorRoleArn', { value: otp.auditorRole.roleArn });
    new CfnOutput(this, 'KeyringSecretArn', { value: otp.keyring.secretArn });
    new CfnOutput(this, 'KeyRotationRoleArn', { value: otp.keyRotationRole.roleArn });
    new CfnOutput(this, 'UnlockRoleArn', { value: otp.unlockRole.roleArn });
    new CfnOutput(this, 'GuardLimits', { value: writeGuardLimits(toLimits(settings)) });
    new CfnOutput(this, 'DashboardUrl', {
      value: `https://${this.region}.console.aws.amazon.com/cloudwatch/home?region=${this.region}#dashboards/dashboard/${otp.dashboard.dashboardName}`,
    });
    if (otp.archiveBucket)
      new CfnOutput(this, 'AuditArchiveBucketName', { value: otp.archiveBucket.bucketName });
    for (const [index, { name, value }] of otp.dkimRecords.entries()) {
      new CfnOutput(this, `DkimRecord${index + 1}`, {
        description: 'A DNS record that SES waits for before it sends mails',
        value: `${name} CNAME ${value}`,
      });
    }
  }
}
