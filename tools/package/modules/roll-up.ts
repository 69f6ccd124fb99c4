/**
 * Puts the types of an entry into one file. TypeScript writes a file for each source, and the published package has no place for the
 * types that only its sources use. It works on what TypeScript writes for this project: each statement begins at the start of a line,
 * and an exported name means one thing wherever it is.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Statement {
  readonly name: string;
  readonly text: string;
}

const IMPORTED = /^(?:import|export)\b[^;]*?\bfrom '(\.[^']+)\.ts';\n/gm;
/** The beginning of a statement, with the comment before it. A comment within a statement may begin at the start of a line too. */
const BEGINNING =
  /^(?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?(?:export )?(?:declare )?(?:interface|type|const|function) (\w+)/gm;
const LISTED = /^export (?:type )?\{([^}]*)\} from/gm;
const TEXT_OR_COMMENT = /\/\*\*[\s\S]*?\*\/|'[^']*'/g;
/** Any name but that of a property or a parameter. */
const USED_NAME = /\b[A-Za-z]\w*\b(?!\??:)/g;

const statementsIn = (text: string): readonly Statement[] => {
  const own = text.replace(IMPORTED, '').replace(/^export \{\};\n/m, '');
  const beginnings = [...own.matchAll(BEGINNING)];
  return beginnings.map(({ index, 1: name = '' }, at) => ({
    name,
    text: own.slice(index, beginnings[at + 1]?.index),
  }));
};

/** What a file declares of these names. `path` is without its ending. Throws if one is missing. */
export const declarationsOf = (path: string, names: readonly string[]): string => {
  const found = statementsIn(readFileSync(`${path}.d.ts`, 'utf8'));
  return names
    .map((name) => {
      const text = found.find((statement) => statement.name === name)?.text;
      if (text === undefined) throw new Error(`${path}.ts does not declare ${name}`);
      return text;
    })
    .join('');
};

/** All statements of the file and of those that it imports, by their names. */
const collect = (path: string, found = new Map<string, string>(), seen = new Set<string>()) => {
  if (seen.has(path)) return found;
  seen.add(path);
  const text = readFileSync(`${path}.d.ts`, 'utf8');
  for (const { name, text: statement } of statementsIn(text)) found.set(name, statement);
  for (const [, imported = ''] of text.matchAll(IMPORTED))
    collect(join(dirname(path), imported), found, seen);
  return found;
};

const namesIn = (text: string): readonly string[] => text.replace(TEXT_OR_COMMENT, '').match(USED_NAME) ?? [];

/** The names that the entry exports. */
const exportsOf = (text: string): readonly string[] =>
  Array.from(text.matchAll(LISTED), ([, list = '']) => list.split(',')).flatMap((names) =>
    names.map((name) => name.replace(/\btype\b/, '').trim()).filter((name) => name !== ''),
  );

export interface RolledUp {
  readonly names: readonly string[];
  /** `others` are the names that come from another entry, by its published name. */
  write(others: ReadonlyMap<string, string>): string;
}

/** `path` is the entry's file of types without its ending. Throws if a type is needed that no entry exports. */
export const rollUp = (path: string): RolledUp => {
  const entry = readFileSync(`${path}.d.ts`, 'utf8');
  const names = exportsOf(entry);
  const all = collect(path);
  return {
    names,
    write: (others) => {
      const own = names.map((name) => all.get(name) ?? '');
      const needed = new Set(own.flatMap(namesIn).filter((name) => all.has(name) && !names.includes(name)));
      const missing = [...needed].filter((name) => !others.has(name));
      if (missing.length > 0)
        throw new Error(`${path}.ts has to export what its types need: ${missing.join(', ')}`);
      const imports = [...new Set(others.values())].flatMap((from) => {
        const taken = [...needed].filter((name) => others.get(name) === from).toSorted();
        return taken.length === 0 ? [] : [`import type { ${taken.join(', ')} } from './${from}.js';\n`];
      });
      const [comment = ''] = /^\/\*\*[\s\S]*?\*\/\n/.exec(entry) ?? [];
      return [comment, ...imports, ...own].join('');
    },
  };
};
