import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { stackTemplate } from '../../support/infra/templates.ts';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** The logical ids of the policies that allow this action. */
const whoMay = (template: Template, action: string): readonly string[] =>
  Object.entries(template.findResources('AWS::IAM::Policy'))
    .filter(([, { Properties }]) =>
      (Properties.PolicyDocument.Statement as Statement[]).some(({ Action }) =>
        [Action].flat().includes(action),
      ),
    )
    .map(([id]) => id.replace(/(Lambda|StateMachine|DefaultPolicy).*$/, ''))
    .toSorted();

describe('the app client', () => {
  it('allows custom authentication and refresh, and nothing else', () => {
    const [client] = Object.values(stackTemplate().findResources('AWS::Cognito::UserPoolClient'));

    expect(client?.Properties.ExplicitAuthFlows).toEqual(['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']);
    expect(client?.Properties).toMatchObject({
      AllowedOAuthFlowsUserPoolClient: false,
      PreventUserExistenceErrors: 'ENABLED',
    });
    expect(client?.Properties).not.toHaveProperty('AllowedOAuthFlows');
    expect(client?.Properties).not.toHaveProperty('CallbackURLs');
  });

  it('lets no user write their own email address', () => {
    const [client] = Object.values(stackTemplate().findResources('AWS::Cognito::UserPoolClient'));

    expect(client?.Properties.WriteAttributes).toEqual(['locale']);
  });

  it('waits for an answer as long as the setting says', () => {
    stackTemplate({ sessionValidity: 7 }).hasResourceProperties('AWS::Cognito::UserPoolClient', {
      AuthSessionValidity: 7,
    });
  });
});

describe('the user pool', () => {
  it('signs in by email, keeps the address until a new one is verified, and wants 8 characters', () => {
    stackTemplate().hasResourceProperties('AWS::Cognito::UserPool', {
      UsernameAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      Policies: { PasswordPolicy: Match.objectLike({ MinimumLength: 8 }) },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
    });
  });

  it('gives no way to replace the password unless a phone is asked for, and never the mailbox', () => {
    const mechanismsOf = (template: Template) =>
      Object.values(template.findResources('AWS::Cognito::UserPool')).map(
        ({ Properties }) => Properties.AccountRecoverySetting.RecoveryMechanisms,
      );
    const byPhone = stackTemplate({ accountRecovery: 'phone' });

    expect(mechanismsOf(byPhone)).toEqual([[{ Name: 'verified_phone_number', Priority: 1 }]]);
    byPhone.hasResourceProperties('AWS::Cognito::UserPool', {
      SmsConfiguration: { SnsCallerArn: Match.anyValue() },
    });
    expect(mechanismsOf(stackTemplate())).toEqual([[{ Name: 'admin_only', Priority: 1 }]]);
    stackTemplate().hasResourceProperties('AWS::Cognito::UserPool', { SmsConfiguration: Match.absent() });
  });

  it.each([
    ['retain', 'Retain'],
    ['destroy', 'Delete'],
  ])('with removalPolicy=%s has %s, and so has the table', (removalPolicy, policy) => {
    const template = stackTemplate({ removalPolicy });

    template.hasResource('AWS::Cognito::UserPool', { DeletionPolicy: policy });
    template.hasResource('AWS::DynamoDB::GlobalTable', { DeletionPolicy: policy });
  });

  it.each([
    [false, 'INACTIVE'],
    [true, 'ACTIVE'],
  ])('with deletionProtection=%s is %s, and so is the table', (deletionProtection, protection) => {
    const template = stackTemplate({ deletionProtection });

    template.hasResourceProperties('AWS::Cognito::UserPool', { DeletionProtection: protection });
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      Replicas: [Match.objectLike({ DeletionProtectionEnabled: deletionProtection })],
    });
  });
});

/** The functions that touch the table, in the sign-in and behind it. */
const TRIGGERS = ['CreateAuthChallenge', 'VerifyAuthChallenge'];
const GUARD = 'GuardTokens';
const BACKGROUND = ['RecordFeedback', 'SweepChallenges'];

describe('who may do what', () => {
  const template = stackTemplate();

  it.each([
    ['secretsmanager:GetSecretValue', [...TRIGGERS, 'DeliverCode', 'KeyRotationRole'].toSorted()],
    ['dynamodb:BatchGetItem', ['CreateAuthChallenge']],
    ['secretsmanager:PutSecretValue', ['KeyRotationRole']],
    ['secretsmanager:UpdateSecretVersionStage', ['KeyRotationRole']],
    ['ses:SendEmail', ['DeliverCode']],
    ['states:StartExecution', ['CreateAuthChallenge']],
    ['lambda:InvokeFunction', ['DeliveryWorkflow']],
    ['dynamodb:GetItem', ['AuditorRole', 'UnlockRole', ...TRIGGERS, 'DeliverCode', ...BACKGROUND].toSorted()],
    [
      'dynamodb:UpdateItem',
      [...TRIGGERS, GUARD, 'DeliverCode', 'DeliveryWorkflow', 'UnlockRole', ...BACKGROUND].toSorted(),
    ],
    ['dynamodb:Query', ['AuditorRole', GUARD, 'SweepChallenges', 'UnlockRole']],
    ['sqs:SendMessage', ['RecordFeedback']],
    ['dynamodb:Scan', ['AuditorRole']],
    ['dynamodb:*', []],
  ])('%s: %j', (action, holders) => {
    expect(whoMay(template, action)).toEqual(holders);
  });

  it('codes are sent from the configured address only, through the configuration set', () => {
    const named = stackTemplate({ emailSender: 'Example <otp@example.com>' });

    named.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'ses:SendEmail',
            Condition: { StringEquals: { 'ses:FromAddress': 'otp@example.com' } },
          }),
        ]),
      },
    });
    named.hasResourceProperties('AWS::SES::EmailIdentity', { EmailIdentity: 'otp@example.com' });
  });
});

describe('the workflow', () => {
  it('is Express and logs errors without execution data', () => {
    stackTemplate().hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineType: 'EXPRESS',
      LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false },
    });
  });

  it('has a role that Step Functions takes for machines of this account only, whatever the version of the CDK', () => {
    stackTemplate().hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { Service: 'states.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: { 'aws:SourceArn': Match.anyValue() },
            },
          },
        ],
      },
    });
  });
});

describe('the outputs', () => {
  it('name what an operator has to find', () => {
    expect(Object.keys(stackTemplate().toJSON().Outputs).toSorted()).toEqual([
      'AuditorRoleArn',
      'DashboardUrl',
      'DeadLetterQueueUrl',
      'GuardLimits',
      'KeyRotationRoleArn',
      'KeyringSecretArn',
      'SenderAdvice',
      'StateMachineArn',
      'TableName',
      'UnlockRoleArn',
      'UserPoolClientId',
      'UserPoolId',
    ]);
  });

  it('say the limits as they are set, which the commands judge a user by', () => {
    const { GuardLimits } = stackTemplate({
      lockThreshold: 30,
      lockDuration: 20,
      sendsPerDay: 10,
    }).findOutputs('*');

    expect(JSON.parse(GuardLimits?.Value)).toEqual({
      lockThreshold: 30,
      lockSeconds: 1200,
      maxFailures: 100,
      sendsPerWindow: 5,
      sendsPerDay: 10,
      ordersPerWindow: 60,
      ordersPerDay: 200,
    });
  });

  it('are the DNS records of a domain too, which SES waits for', () => {
    const outputs = stackTemplate({ senderIdentity: 'domain' }).findOutputs('*');

    for (const record of ['DkimRecord1', 'DkimRecord2', 'DkimRecord3']) {
      expect(outputs[record]?.Value).toEqual({
        'Fn::Join': ['', [expect.anything(), ' CNAME ', expect.anything()]],
      });
    }
  });
});

describe('resources that are there already', () => {
  const key = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const topic = 'arn:aws:sns:us-east-1:111122223333:on-call';

  it('are used by their ARNs: the key of the table, the topic of the alarms', () => {
    const template = stackTemplate({ encryptionKey: key, alarmTopic: topic });

    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      Replicas: [Match.objectLike({ SSESpecification: { KMSMasterKeyId: key } })],
    });
    template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [topic] });
  });
});

describe('the audit archive', () => {
  it('is off unless it is asked for', () => {
    const template = stackTemplate();

    template.resourceCountIs('AWS::Pipes::Pipe', 0);
    template.resourceCountIs('AWS::KinesisFirehose::DeliveryStream', 0);
    template.resourceCountIs('AWS::S3::Bucket', 0);
  });

  it('keeps what the setting says, and the stack names its bucket', () => {
    const template = stackTemplate({ auditArchive: true, archiveRetention: 7 });
    const [bucketId] = Object.keys(template.findResources('AWS::S3::Bucket'));

    template.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 7 } } },
    });
    template.hasOutput('AuditArchiveBucketName', { Value: { Ref: bucketId } });
  });
});
