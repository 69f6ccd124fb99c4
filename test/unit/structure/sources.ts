import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../../..');

/** The folders of the product, each with the folders that it may know. */
export const MAY_KNOW: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  client: ['shared'],
  services: ['shared'],
  infra: ['shared', 'services'],
  tools: ['shared', 'services', 'infra', 'commands', 'web', 'client'],
  commands: ['shared', 'client'],
  web: ['shared', 'client'],
  local: ['shared', 'web'],
};

export interface Source {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** `a/{b,c}` → `a/b`, `a/c`. */
export const alternatives = (glob: string): readonly string[] => {
  const [, before = '', list, after = ''] = /^(.*?)\{([^{}]*)\}(.*)$/.exec(glob) ?? [];
  if (list === undefined) return [glob];
  return list.split(',').flatMap((one) => alternatives(before + one + after));
};

const sources = (pattern: string): readonly Source[] =>
  globSync(pattern, { cwd: ROOT })
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

export const PRODUCT = sources(`{${Object.keys(MAY_KNOW).join(',')}}/**/*.{ts,mjs}`);
export const EVERYTHING = [...PRODUCT, ...sources('test/**/*.ts')];
