import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../infra/settings/settings.ts';
import { EmailOtpStack } from '../../infra/stack.ts';
import { type Given, NO_BUNDLES } from '../support/infra/templates.ts';

const VARIANTS: Readonly<Record<string, Given>> = {
  'the default settings': {},
  'everything on': {
    auditArchive: true,
    tracing: true,
    senderIdentity: 'domain',
    accountRecovery: 'phone',
    deletionProtection: true,
    requireVerifiedEmail: true,
  },
  'an identity that exists': { senderIdentity: 'existing', removalPolicy: 'destroy' },
};

const synthesize = (settings: Given, region?: string): Template => {
  const app = new App({
    context: NO_BUNDLES,
    builtinCloudFormationValidation: false,
  });
  const env = region === undefined ? {} : { env: { region, account: '111122223333' } };
  const stack = new EmailOtpStack(
    app,
    'EmailOtp',
    readSettings({ emailSender: 'otp@example.com', ...settings }),
    env,
  );
  return Template.fromStack(stack);
};

/** The texts of a template that name a partition by themselves, with some text before and behind. */
const literalPartitions = (template: Template): readonly string[] =>
  Array.from(JSON.stringify(template.toJSON()).matchAll(/.{0,60}arn:aws[\w-]*:.{0,60}/g), ([text]) => text);

describe('every template', () => {
  it.each(Object.entries(VARIANTS))('leaves the partition to the deployment, with %s', (_, settings) => {
    expect(literalPartitions(synthesize(settings))).toEqual([]);
  });

  it.each(['us-gov-west-1', 'cn-north-1', 'eusc-de-east-1'])('is made for %s', (region) => {
    const template = synthesize({ auditArchive: true, tracing: true }, region);

    const integration = (action: string) => ({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:states:::${action}`]],
    });
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      DefinitionSubstitutions: {
        LambdaInvoke: integration('lambda:invoke'),
        DynamoDbUpdateItem: integration('dynamodb:updateItem'),
      },
    });
    expect(literalPartitions(template).filter((text) => text.includes('arn:aws:'))).toEqual([]);
  });
});

describe('the link to the dashboard', () => {
  const { Conditions, Outputs } = synthesize({}).toJSON();

  /** The link as CloudFormation makes it in a partition. */
  const linkIn = (partition: string): string => {
    const resolve = (value: unknown): string => {
      if (typeof value === 'string') return value;
      const [[name, argument] = ['', []]] = Object.entries(
        value as Readonly<Record<string, readonly unknown[]>>,
      );
      if (name === 'Ref') return 'REGION';
      if (name === 'Fn::Join') return (argument[1] as readonly unknown[]).map(resolve).join('');
      if (name !== 'Fn::If') return expect.unreachable(`a link with ${name}`);
      const [condition, yes, no] = argument;
      return resolve(Conditions[String(condition)]['Fn::Equals'][1] === partition ? yes : no);
    };
    return resolve(Outputs.DashboardUrl.Value);
  };

  it.each([
    ['aws', 'REGION.console.aws.amazon.com'],
    ['aws-us-gov', 'REGION.console.amazonaws-us-gov.com'],
    ['aws-cn', 'REGION.console.amazonaws.cn'],
    ['aws-eusc', 'REGION.console.amazonaws-eusc.eu'],
    ['aws-unheard-of', 'REGION.console.aws.amazon.com'],
  ])('leads to the console of the partition %s', (partition, host) => {
    expect(linkIn(partition)).toMatch(`https://${host}/cloudwatch/home?region=REGION#dashboards/`);
  });
});
