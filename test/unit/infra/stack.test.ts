import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../infra/settings.ts';
import { EmailOtpStack } from '../../../infra/stack.ts';

/** The template without the bundles, which take seconds and are looked at elsewhere. */
const synthesize = (settings: Readonly<Record<string, unknown>> = {}): Template => {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const context = { emailSender: 'otp@example.com', ...settings };
  return Template.fromStack(new EmailOtpStack(app, 'EmailOtp', readSettings(context)));
};

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** The policies' logical ids by an action that they allow. */
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
    const [client] = Object.values(synthesize().findResources('AWS::Cognito::UserPoolClient'));

    expect(client?.Properties.ExplicitAuthFlows).toEqual(['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']);
    expect(client?.Properties).toMatchObject({
      AllowedOAuthFlowsUserPoolClient: false,
      PreventUserExistenceErrors: 'ENABLED',
    });
    expect(client?.Properties).not.toHaveProperty('AllowedOAuthFlows');
    expect(client?.Properties).not.toHaveProperty('CallbackURLs');
  });

  it('lets no user write their own email address', () => {
    const [client] = Object.values(synthesize().findResources('AWS::Cognito::UserPoolClient'));

    expect(client?.Properties.WriteAttributes).toEqual(['locale']);
  });

  it('waits for an answer as long as the setting says', () => {
    synthesize({ sessionValidity: 7 }).hasResourceProperties('AWS::Cognito::UserPoolClient', {
      AuthSessionValidity: 7,
    });
  });
});

describe('the user pool', () => {
  it('signs in by email, keeps the address until a new one is verified, and wants 8 characters', () => {
    synthesize().hasResourceProperties('AWS::Cognito::UserPool', {
      UsernameAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      Policies: { PasswordPolicy: Match.objectLike({ MinimumLength: 8 }) },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
    });
  });

  it.each([
    [false, 'INACTIVE'],
    [true, 'ACTIVE'],
  ])('with deletionProtection=%s is %s, and so is the table', (deletionProtection, protection) => {
    const template = synthesize({ deletionProtection });

    template.hasResourceProperties('AWS::Cognito::UserPool', { DeletionProtection: protection });
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      Replicas: [Match.objectLike({ DeletionProtectionEnabled: deletionProtection })],
    });
  });
});

/** The functions that touch the table, in the sign-in and behind it. */
const TRIGGERS = ['CreateAuthChallenge', 'VerifyAuthChallenge'];
const BACKGROUND = ['RecordFeedback', 'SweepChallenges'];

describe('who may do what', () => {
  const template = synthesize();

  it.each([
    ['secretsmanager:GetSecretValue', ['DeliverCode', 'VerifyAuthChallenge']],
    ['ses:SendEmail', ['DeliverCode']],
    ['states:StartExecution', ['CreateAuthChallenge']],
    ['lambda:InvokeFunction', ['DeliveryWorkflow']],
    ['dynamodb:GetItem', ['AuditorRole', ...TRIGGERS, 'DeliverCode', ...BACKGROUND].toSorted()],
    ['dynamodb:UpdateItem', [...TRIGGERS, 'DeliverCode', 'DeliveryWorkflow', ...BACKGROUND].toSorted()],
    ['dynamodb:Query', ['AuditorRole', 'SweepChallenges']],
    ['sqs:SendMessage', ['RecordFeedback']],
    ['dynamodb:Scan', ['AuditorRole']],
    ['dynamodb:*', []],
  ])('%s: %j', (action, holders) => {
    expect(whoMay(template, action)).toEqual(holders);
  });

  it('codes are sent from the configured address only, through the configuration set', () => {
    const named = synthesize({ emailSender: 'Example <otp@example.com>' });

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
    synthesize().hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineType: 'EXPRESS',
      LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false },
    });
  });
});

describe('the outputs', () => {
  it('name what an operator has to find', () => {
    expect(Object.keys(synthesize().toJSON().Outputs).toSorted()).toEqual([
      'AuditorRoleArn',
      'DeadLetterQueueUrl',
      'StateMachineArn',
      'TableName',
      'UserPoolClientId',
      'UserPoolId',
    ]);
  });
});

describe('the audit archive', () => {
  it('is off unless it is asked for', () => {
    const template = synthesize();

    template.resourceCountIs('AWS::Pipes::Pipe', 0);
    template.resourceCountIs('AWS::KinesisFirehose::DeliveryStream', 0);
    template.resourceCountIs('AWS::S3::Bucket', 0);
  });

  it('keeps what the setting says, and the stack names its bucket', () => {
    const template = synthesize({ auditArchive: true, archiveRetention: 7 });
    const [bucketId] = Object.keys(template.findResources('AWS::S3::Bucket'));

    template.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 7 } } },
    });
    template.hasOutput('AuditArchiveBucketName', { Value: { Ref: bucketId } });
  });
});
