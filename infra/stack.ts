/** The stack that `cdk deploy` deploys: a user pool and the second factor for it. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { OtpUserPool } from './data/otp-user-pool.ts';
import { EmailOtp } from './email-otp.ts';
import type { Settings } from './settings/settings.ts';

/** A new user pool with the second factor. The outputs have what a client needs, and what `EmailOtp` says of itself. */
export class EmailOtpStack extends Stack {
  /** `settings` must be checked and complete, as `readSettings` returns them. */
  constructor(scope: Construct, id: string, settings: Settings, props: StackProps = {}) {
    super(scope, id, {
      description: 'Email one-time passwords as the second factor of a Cognito user pool',
      ...props,
    });

    const { encryptionKey, alarmTopic, ...others } = settings;
    const { userPool, client } = new OtpUserPool(this, 'UserPool', { settings });
    // The id `Default` is left out of the names of resources and outputs.
    new EmailOtp(this, 'Default', {
      ...others,
      userPool,
      encryptionKey: encryptionKey ? Key.fromKeyArn(this, 'EncryptionKey', encryptionKey) : undefined,
      alarmTopic: alarmTopic ? Topic.fromTopicArn(this, 'AlarmTopic', alarmTopic) : undefined,
    });

    new CfnOutput(this, 'UserPoolClientId', { value: client.userPoolClientId });
  }
}
