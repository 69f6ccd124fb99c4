/** Finds the code of a function: a folder of the assembly, a zip, or text in the template itself. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { isObject, type JsonObject } from '../../../ground/service.ts';
import type { Resource } from '../../../ground/template.ts';

/** What has to be written into `folder` before the code can run. */
type Packed =
  | { readonly kind: 'zip'; readonly file: string }
  | { readonly kind: 'text'; readonly text: string };

export interface FunctionCode {
  readonly folder: string;
  /** Undefined if the folder is one of the assembly. */
  readonly packed?: Packed;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The CDK says the path in the metadata, unless that is switched off; the manifest of the assets has it by its key. */
const assetOf = ({ metadata, assets }: Resource, key: string | undefined): string | undefined => {
  const path = textOf(metadata['aws:asset:path']);
  if (path !== undefined) return join(assets.folder, path);
  return key === undefined ? undefined : assets.byKey[basename(key)];
};

/** Returns undefined if the code is not on this machine, or is none that runs here. */
export const functionCodeOf = (resource: Resource): FunctionCode | undefined => {
  const { properties, names, assets } = resource;
  const code: JsonObject = isObject(properties.Code) ? properties.Code : {};
  const text = textOf(code.ZipFile);
  const unpackedAs = (name: string) => join(assets.unpacked, name);
  if (text !== undefined) return { folder: unpackedAs(names.ref), packed: { kind: 'text', text } };
  const asset = assetOf(resource, textOf(code.S3Key));
  if (asset === undefined) return undefined;
  return asset.endsWith('.zip')
    ? { folder: unpackedAs(basename(asset, '.zip')), packed: { kind: 'zip', file: asset } }
    : { folder: asset };
};

/** Whether the code can be read; that of a folder is read by the function's own process. */
export const isThere = ({ folder, packed }: FunctionCode): boolean => {
  if (packed?.kind === 'text') return true;
  const path = packed?.file ?? folder;
  return existsSync(path) && (packed !== undefined || statSync(path).isDirectory());
};

/** CloudFormation puts a text into a file called `index` (Template Reference, "AWS::Lambda::Function Code", ZipFile). */
const filesOf = (packed: Packed): Readonly<Record<string, Uint8Array | string>> =>
  packed.kind === 'text' ? { 'index.js': packed.text } : unzipSync(readFileSync(packed.file));

/** Writes what is packed. Throws if a name in a zip leads out of the folder. */
export const unpack = ({ folder, packed }: FunctionCode): void => {
  if (packed === undefined) return;
  for (const [name, content] of Object.entries(filesOf(packed))) {
    const path = join(folder, name);
    if (!path.startsWith(join(folder, '/'))) throw new Error(`${name} leads out of the folder of its zip`);
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true, mode: 0o700 });
    if (!name.endsWith('/')) writeFileSync(path, content);
  }
};
