import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountRecovery, UserPool } from 'aws-cdk-lib/aws-cognito';
import { describe, expect, it } from 'vitest';
import { readAuditOptions } from '../../../commands/audit/options.ts';
import { EmailOtp } from '../../../infra/email-otp.ts';
import { anApp } from '../../support/infra/templates.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FOLDER = 'docs/runbooks';

/** Every page except the list, by its path from the root. */
const pages: ReadonlyMap<string, string> = new Map(
  globSync(`${FOLDER}/*.md`, { cwd: ROOT })
    .filter((path) => !path.endsWith('README.md'))
    .map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]),
);
const list = readFileSync(join(ROOT, FOLDER, 'README.md'), 'utf8');

/** A stack with every option on that has an alarm. */
const everything = (): Template => {
  const stack = new Stack(anApp(), 'EmailOtp');
  const userPool = new UserPool(stack, 'Pool', { accountRecovery: AccountRecovery.NONE });
  const watchPool = Duration.hours(1);
  const options = { auditArchive: true, reportLink: true, watchPool };
  new EmailOtp(stack, 'Default', { userPool, emailSender: 'otp@example.com', ...options });
  return Template.fromStack(stack);
};
const template = everything();

interface Alarm {
  readonly name: string;
  readonly severity: string;
  readonly runbook: string;
}

const alarms: readonly Alarm[] = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
  ({ Properties: { AlarmName, AlarmDescription } }) => {
    const [, severity = '', runbook = ''] = /^\[(\w+)\].*Runbook: (\S+)$/.exec(AlarmDescription) ?? [];
    return { name: AlarmName.replace(/^EmailOtp-/, ''), severity, runbook };
  },
);

/** The rows' titles, read from a dashboard body that may hold references. */
const rows: readonly string[] = Object.values(template.findResources('AWS::CloudWatch::Dashboard')).flatMap(
  ({ Properties }) =>
    Array.from(
      JSON.stringify(Properties.DashboardBody).matchAll(/## ([^\\]+)\\+n/g),
      ([, title = '']) => title,
    ),
);

/** The words of a shell command, in the syntax that the pages use. */
const wordsOf = (command: string): readonly string[] =>
  Array.from(command.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? '').map((word) =>
    word
      .replace('$STACK', 'EmailOtp')
      .replace('$AWS_REGION', 'eu-west-1')
      .replace('<sub>', crypto.randomUUID()),
  );

const auditCommands = [...pages.values(), list].flatMap((text) =>
  Array.from(text.matchAll(/npm run (?:--silent )?audit -- ([^`\n|]+)/g), ([, options = '']) =>
    options.trim(),
  ),
);

describe('the runbooks', () => {
  it('are one for each alarm, and none is left over', () => {
    const wanted = new Set(alarms.map(({ runbook }) => runbook));

    expect(alarms.length).toBeGreaterThan(15);
    expect([...pages.keys()].toSorted()).toEqual([...wanted].toSorted());
  });

  it('say in the title how urgent it is, as the alarm does', () => {
    for (const { name, severity, runbook } of alarms) {
      expect(pages.get(runbook) ?? '', name).toMatch(new RegExp(`^# [a-z-]+ \\(${severity}\\)\n`));
      expect(pages.get(runbook) ?? '', name).toContain(name);
    }
  });

  it('are listed, each alarm with its page', () => {
    for (const { name, severity, runbook } of alarms) {
      const line = list.split('\n').find((text) => text.startsWith('|') && text.includes(`\`${name}\``));

      expect(line ?? '', name).toContain(`| ${severity} |`);
      expect(line ?? '', name).toContain(`(${runbook.replace(`${FOLDER}/`, '')})`);
    }
  });

  it('say what it means for users, where to look, what to do and when it is over', () => {
    for (const [path, text] of pages) {
      expect(text, path).toContain('**For users:**');
      expect(text.match(/^## .+$/gm), path).toEqual(['## Look', '## Do', '## Over when']);
    }
  });

  it('name rows that the dashboard has', () => {
    const named = [...pages.values()].flatMap((text) =>
      Array.from(text.replaceAll('\n', ' ').matchAll(/Dashboard rows? \*([^*]+)\*/g), ([, row = '']) => row),
    );

    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((row) => !rows.includes(row))).toEqual([]);
  });

  it('have audit commands that are taken', () => {
    expect(auditCommands.length).toBeGreaterThan(10);
    for (const options of auditCommands) {
      expect(() => readAuditOptions(wordsOf(options)), options).not.toThrow();
    }
  });

  it('link to pages that are there', () => {
    const links = [...pages.values(), list].flatMap((text) =>
      Array.from(text.matchAll(/\]\(([a-z-]+\.md)\)/g), ([, page = '']) => `${FOLDER}/${page}`),
    );

    expect(links.filter((link) => !pages.has(link))).toEqual([]);
  });
});
