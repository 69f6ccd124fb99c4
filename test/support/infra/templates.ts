/** CDK apps for tests of what they synthesize. */
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readSettings } from '../../../infra/settings/settings.ts';
import { EmailOtpStack } from '../../../infra/stack.ts';

/** What leaves out the bundles. The end-to-end tests run them. */
export const NO_BUNDLES = { 'aws:cdk:disable-asset-staging': true, 'aws:cdk:bundling-stacks': [] } as const;

/**
 * An app without two things that take seconds and are tested elsewhere: the bundles, and CloudFormation's rules (`cdk synth` and
 * the cdk-nag tests apply them).
 */
export const anApp = (): App => new App({ context: NO_BUNDLES, builtinCloudFormationValidation: false });

export type Given = Readonly<Record<string, unknown>>;

/** The stack with these settings, and with the defaults for the others. */
export const aStack = (settings: Given = {}): EmailOtpStack =>
  new EmailOtpStack(anApp(), 'EmailOtp', readSettings({ emailSender: 'otp@example.com', ...settings }));

const templates = new Map<string, Template>();

/** The stack's template. The same settings are synthesized once for all tests of a worker. */
export const stackTemplate = (settings: Given = {}): Template => {
  const key = JSON.stringify(settings);
  const template = templates.get(key) ?? Template.fromStack(aStack(settings));
  templates.set(key, template);
  return template;
};
