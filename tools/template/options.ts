/** The options of `npm run template`. */
import { SETTINGS, SettingsError } from '../../infra/settings/settings.ts';
import { usageError } from '../../shared/command/failure.ts';
import { readPairs, readValues } from '../../shared/command/options.ts';
import type { Usage } from '../../shared/command/usage.ts';
import { type Choice, isPoolKind, readChoice, STRUCTURAL, structuralSettings } from './choice.ts';
import { parameterName } from './parameter-kinds.ts';
import type { PoolKind } from './parameters.ts';

/** One for each kind of pool, so that neither takes the place of the other. */
const FOLDERS: Readonly<Record<PoolKind, string>> = {
  own: 'dist/template',
  existing: 'dist/template-existing',
};

export const TEMPLATE = {
  name: 'template',
  synopsis: '[options]',
  summary: 'writes a CloudFormation template and the zips of its functions; installs what is missing',
  options: {
    pool: {
      kind: 'text',
      value: '<own|existing>',
      words:
        'own: the template makes a user pool (the default); existing: you have one, or make it elsewhere',
    },
    out: {
      kind: 'text',
      value: '<folder>',
      words: `where the files go (default ${FOLDERS.own}, for an existing pool ${FOLDERS.existing})`,
    },
    context: {
      kind: 'list',
      value: '<name>=<value>',
      short: 'c',
      words: `a setting that decides which resources there are; may be repeated:
${STRUCTURAL.join(', ')}`,
    },
    like: {
      kind: 'text',
      value: '<template.json>',
      words: 'a template that is deployed: takes its pool and its settings, in place of --pool and -c',
    },
  },
  notes:
    'The other settings are parameters of the template. docs/adopt/templates.md says how to deploy it with the AWS CLI, Terraform and SAM.',
} as const satisfies Usage;

export interface TemplateOptions extends Choice {
  /** The folder for the files. */
  readonly out: string;
}

const isStructural = (name: string): boolean => STRUCTURAL.some((known) => known === name);

const readPool = (text: string): PoolKind => {
  if (isPoolKind(text)) return text;
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

const refuseWrong = (given: Choice['given']): void => {
  try {
    structuralSettings(given);
  } catch (error) {
    if (error instanceof SettingsError) throw usageError(error.message);
    throw error;
  }
};

/** Two sources of the same choice would leave open which one counts. */
const choose = (pool: string | undefined, context: readonly string[], like: string | undefined): Choice => {
  if (like === undefined) return { pool: readPool(pool ?? 'own'), given: readPairs('-c', context) };
  if (pool === undefined && context.length === 0) return readChoice(like);
  throw usageError('--like takes what the template was made with: leave out --pool and -c, or --like');
};

/** The settings are checked. Throws `CommandError`. */
export const readTemplateOptions = (args: readonly string[]): TemplateOptions => {
  const values = readValues(TEMPLATE.options, args);
  const { pool, given } = choose(values.pool, values.context, values.like);
  refuseOthers(Object.keys(given), pool);
  refuseWrong(given);
  return { pool, given, out: values.out ?? FOLDERS[pool] };
};
