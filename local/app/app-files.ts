/** Reads the stacks of a synthesized app: a cloud assembly with nested ones and nested stacks, or a template by itself. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import { isObject, type JsonObject } from '../ground/service.ts';
import type { Assets, RawStack, RawTemplate } from '../ground/template/raw-stack.ts';
import { ACCOUNT_ID, REGION } from '../ground/template.ts';

export interface ReadingOptions {
  /** For code that has to be unpacked. */
  readonly unpacked: string;
  /** Values for the stacks' parameters. */
  readonly parameters: Readonly<Record<string, string>>;
}

const NESTED_STACK = 'AWS::CloudFormation::Stack';

const readJson = (file: string): JsonObject => {
  const text = readFileSync(file, 'utf8');
  try {
    const parsed: unknown = JSON.parse(text);
    if (isObject(parsed)) return parsed;
  } catch {
    // Refused below, like every other content that is no object.
  }
  throw new CommandError(
    `${file} is not a JSON object. The local system reads templates as JSON, as the CDK writes them`,
    EXIT.usage,
  );
};

const readTemplate = (file: string): RawTemplate => {
  const template = readJson(file);
  if (isObject(template.Resources)) return template as unknown as RawTemplate;
  throw new CommandError(`${file} is no CloudFormation template: it has no Resources`, EXIT.usage);
};

const objects = (value: unknown): readonly JsonObject[] =>
  isObject(value) ? Object.values(value).filter(isObject) : [];

/** The files of an asset manifest, by the end of each key under which they would be uploaded. */
const filesByKey = (manifest: string, folder: string): Readonly<Record<string, string>> => {
  if (!existsSync(manifest)) return {};
  const entries = objects(readJson(manifest).files).flatMap(({ source, destinations }) => {
    const path =
      isObject(source) && typeof source.path === 'string' ? resolve(folder, source.path) : undefined;
    if (path === undefined) return [];
    return objects(destinations).map(({ objectKey }) => [basename(String(objectKey)), path] as const);
  });
  return Object.fromEntries(entries);
};

const regionAndAccount = (environment: unknown): Pick<RawStack, 'region' | 'accountId'> => {
  const [, accountId = '', region = ''] = /^aws:\/\/([^/]*)\/(.*)$/.exec(String(environment)) ?? [];
  return {
    region: region === '' || region === 'unknown-region' ? REGION : region,
    accountId: /^\d{12}$/.test(accountId) ? accountId : ACCOUNT_ID,
  };
};

const nestedFile = (assets: Assets, { Metadata = {}, Properties = {} }: RawTemplate['Resources'][string]) => {
  const path = Metadata['aws:asset:path'];
  if (typeof path === 'string') return join(assets.folder, path);
  const [key = ''] = /[0-9a-f]{64}\.json/.exec(JSON.stringify(Properties.TemplateURL ?? '')) ?? [];
  return assets.byKey[key];
};

/** The stack, and those that are nested in it if their templates are on this machine. */
const withNested = (stack: RawStack): readonly RawStack[] => {
  const nested = Object.entries(stack.template.Resources).flatMap(([logicalId, resource]) => {
    const file = resource.Type === NESTED_STACK ? nestedFile(stack.assets, resource) : undefined;
    if (file === undefined || !existsSync(file)) return [];
    const name = `${stack.name}-${logicalId.replace(/NestedStack.*$/, '')}`;
    return withNested({
      ...stack,
      id: `${stack.id}/${logicalId}`,
      name,
      template: readTemplate(file),
      parent: { id: stack.id, logicalId },
      parameters: {},
      namePrefix: `${name}-`,
    });
  });
  return [stack, ...nested];
};

const stackOfArtifact = (
  folder: string,
  id: string,
  artifact: JsonObject,
  options: ReadingOptions,
): RawStack => {
  const properties = isObject(artifact.properties) ? artifact.properties : {};
  const name = String(properties.stackName ?? id);
  return {
    id: String(artifact.displayName ?? id),
    name,
    ...regionAndAccount(artifact.environment),
    template: readTemplate(join(folder, String(properties.templateFile))),
    assets: {
      folder,
      byKey: filesByKey(join(folder, `${id}.assets.json`), folder),
      unpacked: options.unpacked,
    },
    parameters: options.parameters,
    namePrefix: `${name}-`,
  };
};

const MANIFEST = 'manifest.json';

/** Reads a folder that `cdk synth` wrote. Throws `CommandError`. */
const readAssembly = (folder: string, options: ReadingOptions): readonly RawStack[] => {
  const { artifacts } = readJson(join(folder, MANIFEST));
  return Object.entries(isObject(artifacts) ? artifacts : {}).flatMap(([id, artifact]) => {
    if (!isObject(artifact)) return [];
    if (artifact.type === 'aws:cloudformation:stack') {
      return withNested(stackOfArtifact(folder, id, artifact, options));
    }
    const { directoryName } = isObject(artifact.properties) ? artifact.properties : {};
    return artifact.type === 'cdk:cloud-assembly'
      ? readAssembly(join(folder, String(directoryName)), options)
      : [];
  });
};

/** A copy of a template in `cdk.out` has no list of its assets, which are beside it under the CDK's names. */
const besideTemplate = (folder: string, key: string): string => {
  const ofCdk = `asset.${key.replace(/\.zip$/, '')}`;
  const names = [key, ofCdk, `${ofCdk}.zip`];
  return join(folder, names.find((name) => existsSync(join(folder, name))) ?? key);
};

/** Zips beside a template, as `npm run template` writes them, have the names of their keys. */
const readSingle = (file: string, { unpacked, parameters }: ReadingOptions): readonly RawStack[] => {
  const name = basename(file).replace(/(?:\.template)?\.json$/, '');
  const folder = dirname(file);
  const template = readTemplate(file);
  const keys = JSON.stringify(template).match(/[\w.-]+\.zip/g) ?? [];
  const beside = keys.map((key) => [key, besideTemplate(folder, key)] as const);
  const byKey = { ...Object.fromEntries(beside), ...filesByKey(join(folder, `${name}.assets.json`), folder) };
  return withNested({
    id: name,
    name,
    region: REGION,
    accountId: ACCOUNT_ID,
    template,
    assets: { folder, byKey, unpacked },
    parameters,
    namePrefix: `${name}-`,
  });
};

const MISSING = 'Give the folder that `cdk synth` wrote, for instance cdk.out, or a template in JSON';

/** Reads what `--template` names: a folder that `cdk synth` wrote, or a template. Throws `CommandError`. */
export const readApp = (path: string, options: ReadingOptions): readonly RawStack[] => {
  if (!existsSync(path)) throw new CommandError(`${path} does not exist. ${MISSING}`, EXIT.usage);
  if (!statSync(path).isDirectory()) return readSingle(path, options);
  if (existsSync(join(path, MANIFEST))) return readAssembly(path, options);
  throw new CommandError(
    `${path} has no manifest.json, so no app was synthesized there. ${MISSING}`,
    EXIT.usage,
  );
};
