/** The stack composes the constructs, one per box of the drawing, and says what came out. */
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AuditArchive } from './constructs/audit-archive.ts';
import { AuditorRole } from './constructs/auditor-role.ts';
import { ChallengeTable } from './constructs/challenge-table.ts';
import { CodeKey } from './constructs/code-key.ts';
import { CreateAuthChallenge } from './constructs/create-auth-challenge.ts';
import { DefineAuthChallenge } from './constructs/define-auth-challenge.ts';
import { DeliverCode } from './constructs/deliver-code.ts';
import { DeliveryWorkflow } from './constructs/delivery-workflow.ts';
import { MailSender } from './constructs/mail-sender.ts';
import { OtpUserPool } from './constructs/otp-user-pool.ts';
import { RecordFeedback } from './constructs/record-feedback.ts';
import { SweepChallenges } from './constructs/sweep-challenges.ts';
import { VerifyAuthChallenge } from './constructs/verify-auth-challenge.ts';
import type { Settings } from './settings.ts';

export class EmailOtpStack extends Stack {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id, { description: 'Email one-time passwords as the second factor of a Cognito user pool' });

    const table = new ChallengeTable(this, 'ChallengeTable', settings);
    const codeKey = new CodeKey(this, 'CodeKey');
    const sender = new MailSender(this, 'MailSender', settings);

    const deliverCode = new DeliverCode(this, 'DeliverCode', { table, codeKey, sender, settings });
    const workflow = new DeliveryWorkflow(this, 'DeliveryWorkflow', { table, deliverCode });
    const { deadLetters } = new RecordFeedback(this, 'RecordFeedback', { table, sender });
    new SweepChallenges(this, 'SweepChallenges', { table, settings });

    const { userPool, client } = new OtpUserPool(this, 'UserPool', {
      settings,
      defineAuthChallenge: new DefineAuthChallenge(this, 'DefineAuthChallenge', settings),
      createAuthChallenge: new CreateAuthChallenge(this, 'CreateAuthChallenge', {
        table,
        workflow,
        settings,
      }),
      verifyAuthChallenge: new VerifyAuthChallenge(this, 'VerifyAuthChallenge', { table, codeKey, settings }),
    });

    const archive = settings.auditArchive
      ? new AuditArchive(this, 'AuditArchive', { table, settings })
      : undefined;
    const auditors = new AuditorRole(this, 'AuditorRole', { table, codeKey, archive });

    new CfnOutput(this, 'UserPoolId', { value: userPool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: client.userPoolClientId });
    new CfnOutput(this, 'TableName', { value: table.environment.TABLE_NAME });
    new CfnOutput(this, 'DeadLetterQueueUrl', { value: deadLetters.queueUrl });
    new CfnOutput(this, 'StateMachineArn', { value: workflow.stateMachine.stateMachineArn });
    new CfnOutput(this, 'AuditorRoleArn', { value: auditors.role.roleArn });
    if (archive) new CfnOutput(this, 'AuditArchiveBucketName', { value: archive.bucket.bucketName });
  }
}
