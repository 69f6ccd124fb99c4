/** The options of `npm run template`. */
import { readSettings, SETTINGS, type Settings, SettingsError } from '../../infra/settings/settings.ts';
import { usageError } from '../../shared/command/failure.ts';
import { readPairs, readValues } from '../../shared/command/options.ts';
import type { Usage } from '../../shared/command/usage.ts';
import { parameterName } from './parameter-kinds.ts';
import type { PoolKind } from './parameters.ts';

/** The settings that decide which resources there are. A parameter comes too late for them. */
export const STRUCTURAL = [
  'senderIdentity',
  'accountRecovery',
  'auditArchive',
  'archiveRetention',
  'tracing',
  'encryptionKey',
  'removalPolicy',
] as const satisfies readonly (keyof Settings)[];

export const TEMPLATE = {
  name: 'template',
  synopsis: '[options]',
  summary: 'writes a CloudFormation template and the zips of its functions; installs what is missing',
  options: {
    pool: {
      kind: 'text',
      value: '<own|existing>',
      words: 'own: the template makes a user pool; existing: you have one, or make it elsewhere',
      default: 'own',
    },
    out: { kind: 'text', value: '<folder>', words: 'where the files go', default: 'dist/template' },
    context: {
      kind: 'list',
      value: '<name>=<value>',
      short: 'c',
      words: `a setting that decides which resources there are; may be repeated:
${STRUCTURAL.join(', ')}`,
    },
  },
  notes:
    'The other settings are parameters of the template. docs/templates.md says how to deploy it with the AWS CLI, Terraform and SAM.',
} as const satisfies Usage;

export interface TemplateOptions {
  readonly pool: PoolKind;
  readonly out: string;
  /** Checked and complete. Only those of `STRUCTURAL` mean anything. */
  readonly settings: Settings;
}

const isStructural = (name: string): boolean => STRUCTURAL.some((known) => known === name);

const readPool = (text: string): PoolKind => {
  if (text === 'own' || text === 'existing') return text;
  throw usageError(`--pool is own or existing, not "${text}"`);
};

/** A setting that is not read would be taken for one that is. */
const refuseOthers = (names: readonly string[], pool: PoolKind): void => {
  for (const name of names) {
    if (Object.hasOwn(SETTINGS, name) && !isStructural(name)) {
      throw usageError(
        `-c ${name}: give it when you deploy, as the template's parameter ${parameterName(name)}`,
      );
    }
  }
  if (pool === 'existing' && names.includes('accountRecovery')) {
    throw usageError('-c accountRecovery is about a user pool that the template makes; set it in your own');
  }
};

const readStructural = (given: Readonly<Record<string, string>>): Settings => {
  try {
    return readSettings({ emailSender: 'otp@example.com', ...given });
  } catch (error) {
    if (error instanceof SettingsError) throw usageError(error.message);
    throw error;
  }
};

/** Throws `CommandError`. */
export const readTemplateOptions = (args: readonly string[]): TemplateOptions => {
  const { pool: kind, out, context } = readValues(TEMPLATE.options, args);
  const pool = readPool(kind);
  const given = readPairs('-c', context);
  refuseOthers(Object.keys(given), pool);
  return { pool, out, settings: readStructural(given) };
};
