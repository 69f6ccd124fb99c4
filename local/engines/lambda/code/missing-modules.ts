/** Finds modules of the AWS SDK that a function's file imports and that are not installed: on Lambda they are there by themselves. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { LocalFunction } from '../local-function.ts';

const EXTENSIONS = ['.js', '.mjs', '.cjs'];

/** In an import, a dynamic import or a call of require. Bundles try others, which they can do without. */
const IMPORTED = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["'`](@aws-sdk\/(?:client|lib)-[\w-]+)["'`]/g;

/** Only the file of the handler is read; a bundle has no others. */
export const missingModules = ({
  codeFolder,
  handler,
}: Pick<LocalFunction, 'codeFolder' | 'handler'>): readonly string[] => {
  const name = handler.replace(/\.[^.]+$/, '');
  const file = EXTENSIONS.map((extension) => join(codeFolder, name + extension)).find(existsSync);
  if (file === undefined) return [];
  const imported = new Set(
    [...readFileSync(file, 'utf8').matchAll(IMPORTED)].map(([, module = '']) => module),
  );
  const { resolve } = createRequire(file);
  return [...imported].filter((module) => {
    try {
      resolve(module);
      return false;
    } catch {
      return true;
    }
  });
};

/** A sentence for each function that would fail when it is called. */
export const notesOnModules = (functions: readonly LocalFunction[]): readonly string[] =>
  functions.flatMap((fn) => {
    const missing = missingModules(fn);
    return missing.length === 0
      ? []
      : [
          `${fn.name} imports ${missing.join(' and ')}, which is not installed here: npm install --save-dev ${missing.join(' ')}`,
        ];
  });
