/** The README with the tables that settings and template have now. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readSettings, SETTINGS } from '../infra/settings/settings.ts';
import { EmailOtpStack } from '../infra/stack.ts';
import { putBetween, resourcesTable, settingsTable, type TemplateResources } from './readme.ts';

export const README = fileURLToPath(new URL('../README.md', import.meta.url));

/** The template with the default settings, without what makes no difference to its resources: bundles and validation. */
const template = (): TemplateResources => {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] }, builtinCloudFormationValidation: false });
  const settings = readSettings({ emailSender: 'otp@example.com' });
  return Template.fromStack(new EmailOtpStack(app, 'EmailOtp', settings)).toJSON() as TemplateResources;
};

/** The README as it should be. */
export const currentReadme = (): string => {
  const readme = readFileSync(README, 'utf8');
  const withSettings = putBetween(readme, 'settings', settingsTable(SETTINGS));
  return putBetween(withSettings, 'resources', resourcesTable(template()));
};
