/** The template as CloudFormation would fill it in, for tests of what comes out of its parameters. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Choice } from '../../../../tools/template/choice.ts';
import type { PoolKind } from '../../../../tools/template/parameters.ts';
import { writeTemplate } from '../../../../tools/template/write-template.ts';

type Json = Readonly<Record<string, unknown>>;

interface RawResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties: Json;
}

export interface RawTemplate {
  readonly Metadata: {
    readonly 'AWS::CloudFormation::Interface': {
      readonly ParameterGroups: readonly { readonly Parameters: readonly string[] }[];
    };
  };
  readonly Parameters: Readonly<Record<string, { readonly Default?: string | number }>>;
  readonly Conditions: Json;
  readonly Resources: Readonly<Record<string, RawResource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown; readonly Condition?: string }>>;
}

const made = new Map<string, { readonly folder: string; readonly files: readonly string[] }>();

type Given = Choice['given'];

const makeIn = (folder: string, pool: PoolKind, given: Given) => ({
  folder,
  files: writeTemplate(folder, { pool, given }),
});

/** The files of the template with these settings. The same are made once for all tests of a worker. */
export const aFolder = (pool: PoolKind = 'own', given: Given = {}) => {
  const key = JSON.stringify([pool, given]);
  const found = made.get(key) ?? makeIn(mkdtempSync(join(tmpdir(), 'template-')), pool, given);
  made.set(key, found);
  return found;
};

export const aTemplate = (pool?: PoolKind, given?: Given): RawTemplate =>
  JSON.parse(readFileSync(join(aFolder(pool, given).folder, 'template.json'), 'utf8'));

const NOTHING = Symbol('AWS::NoValue');

/** What CloudFormation makes of a value. A resource is referred to by its logical id. */
const resolver = ({ Conditions }: RawTemplate, references: Readonly<Record<string, unknown>>) => {
  const refer = (name: string): unknown =>
    name === 'AWS::NoValue' ? NOTHING : name in references ? references[name] : name;
  const functions: Readonly<Record<string, (argument: never) => unknown>> = {
    Ref: refer,
    'Fn::GetAtt': (path: readonly string[]) => path.join('.'),
    'Fn::Join': ([separator, parts]: [string, readonly unknown[]]) =>
      (resolve(parts) as readonly unknown[]).join(separator),
    'Fn::Sub': (text: string) => text.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => String(refer(name))),
    'Fn::Split': ([separator, text]: [string, unknown]) => String(resolve(text)).split(separator),
    'Fn::Select': ([index, list]: [number, unknown]) => (resolve(list) as readonly unknown[])[index],
    'Fn::Equals': ([one, other]: [unknown, unknown]) => String(resolve(one)) === String(resolve(other)),
    'Fn::And': (all: readonly { readonly Condition: string }[]) =>
      all.every(({ Condition }) => resolve(Conditions[Condition])),
    'Fn::Not': ([condition]: [unknown]) => !resolve(condition),
    'Fn::If': ([name, yes, no]: [string, unknown, unknown]) => resolve(resolve(Conditions[name]) ? yes : no),
  };
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve).filter((element) => element !== NOTHING);
    if (typeof value !== 'object' || value === null) return value;
    const [[name = '', argument] = []] = Object.entries(value);
    const known = functions[name];
    if (known && Object.keys(value).length === 1) return known(argument as never);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]));
  };
  return resolve;
};

const GIVEN = { 'AWS::StackName': 'shop', 'AWS::Partition': 'aws', 'AWS::Region': 'eu-west-1' };

/** The template's resources and outputs, deployed with these parameters and the defaults of the others. */
export const deployTemplate = (template: RawTemplate, parameters: Readonly<Record<string, string>> = {}) => {
  const defaults = Object.entries(template.Parameters).map(([name, { Default }]) => [
    name,
    String(Default ?? ''),
  ]);
  const given = { CodeBucket: 'code', EmailSender: 'otp@example.com', ...parameters };
  const resolve = resolver(template, { ...GIVEN, ...Object.fromEntries(defaults), ...given });
  const isThere = ({ Condition }: { readonly Condition?: string }) =>
    Condition === undefined || resolve(template.Conditions[Condition]) === true;
  const resources = Object.values(template.Resources).filter(isThere);
  return {
    /** The properties of all resources of a type. */
    ofType: (type: string) =>
      resources.filter(({ Type }) => Type === type).map(({ Properties }) => resolve(Properties) as Json),
    outputs: Object.fromEntries(
      Object.entries(template.Outputs)
        .filter(([, output]) => isThere(output))
        .map(([name, { Value }]) => [name, String(resolve(Value))]),
    ),
  };
};
