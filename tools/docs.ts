/** Makes the pages of docs/ that come from the code: the settings, the parameters, and the resources. */
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Setting } from '../infra/settings/setting-kinds.ts';
import { readSettings, SETTINGS } from '../infra/settings/settings.ts';
import { EmailOtpStack } from '../infra/stack.ts';
import { parametersOf } from './template/parameters.ts';

/** The part of a synthesized template that the table of resources needs. */
export interface TemplateResources {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly DeletionPolicy?: string | undefined }>
  >;
}

type Row = readonly string[];

const toCell = (text: string): string => text.replaceAll('|', '\\|');

/** A table in Markdown. */
export const table = (head: Row, rows: readonly Row[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(toCell).join(' | ')} |`).join('\n');

export const settingsTable = (settings: Readonly<Record<string, Setting<unknown>>>): string =>
  table(
    ['setting', 'values', 'default', 'meaning', 'where the range comes from'],
    Object.entries(settings).map(([name, { values, default: fallback, description, source = '' }]) => [
      `\`${name}\``,
      values,
      fallback,
      description,
      source,
    ]),
  );

/** The resources by type, and whether they are kept when the stack is deleted. */
export const resourcesTable = ({ Resources }: TemplateResources): string => {
  const byType = Map.groupBy(Object.values(Resources), ({ Type }) => Type);
  const rows = [...byType]
    .filter(([type]) => type.startsWith('AWS::') && !type.startsWith('AWS::CDK::'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, resources]) => {
      const kept = resources.filter(({ DeletionPolicy = '' }) => DeletionPolicy.startsWith('Retain')).length;
      return [`\`${type}\``, String(resources.length), kept === 0 ? '' : 'kept'];
    });
  return table(['resource', 'how many', 'when the stack is deleted'], rows);
};

/** The template with the default settings. Bundling and validation are off, because they do not change the resources. */
const template = (): TemplateResources => {
  const app = new App({
    context: { 'aws:cdk:disable-asset-staging': true, 'aws:cdk:bundling-stacks': [] },
    builtinCloudFormationValidation: false,
  });
  const settings = readSettings({ emailSender: 'otp@example.com' });
  return Template.fromStack(new EmailOtpStack(app, 'EmailOtp', settings)).toJSON() as TemplateResources;
};

const MADE = '<!-- `npm run update-docs` makes this page; a test fails while it is out of date. -->';

const settingsPage = (): string => `# Settings

${MADE}

Each is given to \`cdk deploy\` and \`cdk synth\` as \`-c name=value\`, for example \`-c emailSender=otp@example.com -c codeLength=8\`, and
to the construct \`EmailOtp\` as a prop of the same name, where a time is a \`Duration\`. Synthesis checks all of them and names
every wrong one with its range. \`sessionValidity\` and \`accountRecovery\` are about the user pool that the stack makes, so the
construct, which is given a pool, does not have them.

${settingsTable(SETTINGS)}

[limits.md](limits.md) says where each limit is enforced and what a user sees of it.
`;

const resourcesPage = (): string => `# Resources

${MADE}

What the stack makes, with the default settings:

${resourcesTable(template())}
`;

/** What CloudFormation asks for, and the parameters of both templates, which have most in common. */
export const parametersTable = (): string => {
  const [own, existing] = [parametersOf('own'), parametersOf('existing')];
  return table(
    ['parameter', 'default', 'values', 'meaning'],
    Object.entries({ ...own, ...existing }).map(([name, parameter]) => {
      const { default: fallback, constraintDescription = '', description = '' } = own[name] ?? parameter;
      const values = constraintDescription.replace(/^must be /, '');
      return [`\`${name}\``, fallback === undefined ? 'required' : String(fallback), values, description];
    }),
  );
};

const parametersPage = (): string => `# Parameters of the template

${MADE}

The template of \`npm run template\` ([templates.md](templates.md)) has these parameters. CloudFormation refuses a value outside
the range and says the range.

${parametersTable()}

The last four parameters are in the template of \`--pool existing\` alone, and there \`SessionValidity\` is from 3 to 15 minutes with
3 as its default, as the clients of the pool have it. \`ReportLock\` is only in a template that is made with
\`-c reportLink=true\`. Two ranges are narrower than in [settings.md](../settings.md): \`LockDuration\`, and
\`SessionValidity\` of the template's own pool, begin at 10 minutes. Both have to be as long as \`CodeLifetime\`, and
CloudFormation cannot compare two parameters.
`;

/** Each page as it should be now, by its path from the root. */
export const pages = (): Readonly<Record<string, string>> => ({
  'docs/settings.md': settingsPage(),
  'docs/resources.md': resourcesPage(),
  'docs/adopt/template-parameters.md': parametersPage(),
});
