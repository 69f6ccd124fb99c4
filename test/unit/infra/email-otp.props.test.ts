import { readFileSync } from 'node:fs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, it, test } from 'vitest';
import type { Setting } from '../../../infra/settings/setting-kinds.ts';
import { readSettings, SETTINGS } from '../../../infra/settings/settings.ts';

// An editor shows the props' documentation, so its ranges and defaults must be those that are checked.

const SOURCE = readFileSync(new URL('../../../infra/email-otp.ts', import.meta.url), 'utf8');

/** Settings of the user pool that the stack makes. The construct gets a pool, so it has no such props. */
const OF_THE_POOL = ['sessionValidity', 'accountRecovery'];
/** Props that are no settings, because they are about the pool that the construct gets. */
const NO_SETTINGS = [
  'userPool',
  'existingPool',
  'reportingClients',
  'watchPool',
  'allowUnsafeClients',
  'allowEmailRecovery',
  'preTokenGeneration',
  'preTokenGenerationVersion',
];

interface Prop {
  readonly name: string;
  /** The sentences, in one line. */
  readonly text: string;
  /** The text after `@default`. */
  readonly fallback: string | undefined;
}

const readProps = (source: string): readonly Prop[] => {
  const [body = ''] = /^export interface EmailOtpProps \{$[\s\S]*?^\}$/m.exec(source) ?? [];
  const props = body.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*readonly (\w+)\??:/g);
  return Array.from(props, ([, comment = '', name = '']) => {
    const lines = comment.replaceAll(/\s*\n\s*\* ?/g, ' ').trim();
    const [text = '', fallback] = lines.split(' @default ');
    return { name, text, fallback };
  });
};

const PROPS = readProps(SOURCE);

/** `6–10` or `20–120 seconds` in the words of a sentence; undefined if the values are no range. */
const rangeOf = ({ values }: Setting<unknown>): string | undefined => {
  const [, min, max, unit = ''] = /^(\d+)–(\d+)( \w+)?$/.exec(values) ?? [];
  return min === undefined ? undefined : `from ${min} to ${max}${unit}`;
};

/** The value of the code after `@default`; undefined if the text begins with a dash. */
const evaluate = (fallback: string): unknown => {
  const [, unit, amount] = /^Duration\.(seconds|minutes|days)\((\d+)\)$/.exec(fallback) ?? [];
  if (unit) return Duration[unit as 'seconds' | 'minutes' | 'days'](Number(amount));
  const [, type, member] = /^(RemovalPolicy|RetentionDays)\.(\w+)$/.exec(fallback) ?? [];
  if (member && type === 'RemovalPolicy') return RemovalPolicy[member as keyof typeof RemovalPolicy];
  if (member) return RetentionDays[member as keyof typeof RetentionDays];
  return fallback.startsWith('- ') ? undefined : JSON.parse(fallback.replaceAll("'", '"'));
};

const contradictions = (source: string): readonly string[] => {
  const defaults: Readonly<Record<string, unknown>> = readSettings({ emailSender: 'otp@example.com' });
  return readProps(source).flatMap(({ name, text, fallback }) => {
    const setting = (SETTINGS as Readonly<Record<string, Setting<unknown>>>)[name];
    if (setting === undefined) return [];
    const range = rangeOf(setting);
    // These are other numbers, such as the 15 minutes in which mails are counted.
    const amounts = setting.description.match(/\b\d+ [a-z]+/g) ?? [];
    const choices = /^[a-z]+(?:, [a-z]+)+$/.exec(setting.values)?.[0].split(', ') ?? [];
    const words = choices.filter((it) => !/true|false/.test(it)).map((it) => `\`${it}\``);
    const missing = [...(range ? [range] : []), ...amounts, ...words].filter(
      (it) => !text.toLowerCase().includes(it),
    );
    const value = defaults[name];
    // An object without anything in it is said in words.
    const written = JSON.stringify(value) === '{}' ? undefined : value?.toString();
    const isDefault = fallback === undefined || evaluate(fallback)?.toString() === written;
    return [
      ...missing.map((it) => `${name} does not say "${it}"`),
      ...(isDefault ? [] : [`${name} has another default than ${fallback}`]),
    ];
  });
};

describe('the props', () => {
  it('are the settings, but for those of the pool', () => {
    const settings = Object.keys(SETTINGS).filter((name) => !OF_THE_POOL.includes(name));

    expect(PROPS.map(({ name }) => name).toSorted()).toEqual([...settings, ...NO_SETTINGS].toSorted());
  });

  test.each(PROPS)('$name is described in whole sentences', ({ text }) => {
    expect(text).toMatch(/^[A-Z].*\.$/);
  });

  it('say which default they have, unless they have none', () => {
    const silent = PROPS.filter(({ fallback }) => fallback === undefined).map(({ name }) => name);

    expect(silent).toEqual(['userPool', 'emailSender']);
  });

  it('say the ranges and defaults that are checked', () => {
    expect(contradictions(SOURCE)).toEqual([]);
  });

  test.each([
    ['from 6 to 10', 'from 6 to 12', 'codeLength does not say "from 6 to 10"'],
    ['20 to 120 seconds', '20 to 120 minutes', 'resendCooldown does not say "from 20 to 120 seconds"'],
    ['Within 15 minutes', 'Within 20 minutes', 'sendsPerWindow does not say "15 minutes"'],
    ['`existing`', '`other`', 'senderIdentity does not say "`existing`"'],
    ['@default 5\n', '@default 6\n', 'maxAttempts has another default than 6'],
    ['Duration.minutes(15)', 'Duration.days(15)', 'lockDuration has another default than Duration.days(15)'],
    ['THREE_MONTHS', 'ONE_YEAR', 'logRetention has another default than RetentionDays.ONE_YEAR'],
    ["@default 'address'", "@default 'domain'", "senderIdentity has another default than 'domain'"],
  ])('are caught where they say something else: %j as %j', (right, wrong, problem) => {
    expect(contradictions(SOURCE.replace(right, wrong))).toContain(problem);
  });
});
