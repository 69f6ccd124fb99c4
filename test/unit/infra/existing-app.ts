/** An app with a user pool that it does not make. */
import { Stack, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { EmailOtp, type EmailOtpProps } from '../../../infra/email-otp.ts';
import { anApp } from '../../support/infra/templates.ts';

export const POOL_ID = 'eu-west-1_AbCdEf123';
export const POOL_ARN = `arn:aws:cognito-idp:eu-west-1:111122223333:userpool/${POOL_ID}`;

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
}

export interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

export const anExistingApp = (props: Partial<EmailOtpProps> = {}, stackProps: StackProps = {}) => {
  const app = anApp();
  const stack = new Stack(app, 'Shop', stackProps);
  const userPool = UserPool.fromUserPoolArn(stack, 'Pool', POOL_ARN);
  const otp = new EmailOtp(stack, 'EmailOtp', {
    userPool,
    emailSender: 'otp@example.com',
    senderIdentity: 'existing',
    ...props,
  });
  return { app, stack, userPool, otp };
};

export const resourcesOf = (stack: Stack): Readonly<Record<string, Resource>> =>
  Template.fromStack(stack).toJSON().Resources;

/** The resources of a type whose logical ids begin so. */
export const found = (stack: Stack, type: string, start = ''): readonly (readonly [id: string, Resource])[] =>
  Object.entries(resourcesOf(stack)).filter(([id, { Type }]) => Type === type && id.startsWith(start));

/** All that is allowed to the role of a construct, by its id below the `EmailOtp`. */
export const allowedTo = (stack: Stack, construct: string): readonly Statement[] => {
  const start = `EmailOtp${construct}`;
  const types = ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::Role'];
  return types
    .flatMap((type) => found(stack, type, start))
    .flatMap(([, { Properties }]) => {
      const { PolicyDocument, Policies = [] } = Properties as {
        readonly PolicyDocument?: { readonly Statement: readonly Statement[] };
        readonly Policies?: readonly {
          readonly PolicyDocument: { readonly Statement: readonly Statement[] };
        }[];
      };
      return [PolicyDocument, ...Policies.map((policy) => policy.PolicyDocument)];
    })
    .flatMap((document) => document?.Statement ?? [])
    .filter(({ Action }) => !JSON.stringify(Action).includes('logs:'));
};
