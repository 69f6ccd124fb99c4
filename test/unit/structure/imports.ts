import { dirname, join, normalize } from 'node:path';
import { alternatives, MAY_KNOW, type Source } from './sources.ts';

/** A file of the project that names another file or a folder, by an import or by a path in a text. */
export interface Import {
  readonly from: string;
  readonly to: string;
  /** `text` is a path in a text, as in `new URL('../services/', import.meta.url)` or in a glob. */
  readonly kind: 'value' | 'type' | 'text';
}

const IMPORT =
  /^(?:import|export)\s+(type\s)?[^;]*?from\s+'(\.[^']+)'|\bimport\(\s*'(\.[^']+)'|^import\s+'(\.[^']+)'/gm;
/** A relative path in quotes; of a template literal, its fixed beginning. */
const RELATIVE = /['"`](\.\.?\/[^'"`$\s]*)/g;
const FOLDERS = [...Object.keys(MAY_KNOW), 'test'];
/** A path from the root: one of the project's folders or several in braces, a slash and more. A value may stand before it. */
const FROM_ROOT = new RegExp(
  `['"\`\\s}](?:\\.?/)?((?:\\{[\\w,-]+\\}|${FOLDERS.join('|')})/[^'"\`$\\s]*)`,
  'g',
);
/** A path from parts, such as `join(ROOT, 'services', service, 'handler.ts')`. */
const FROM_PARTS = /\b(?:join|resolve)\(([^()]*)\)/g;

const COMMENT = /^\s*\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

/** The path in quotes, without a first part that is not a text. Each other part that is not a text becomes `*`. */
const joinParts = (parts: string): string => {
  const texts = parts.split(',').map((part) => /^\s*['"`]([^'"`$]*)['"`]\s*$/.exec(part)?.[1] ?? '*');
  return `'${(texts[0] === '*' ? texts.slice(1) : texts).join('/')}/'`;
};

/** What a file imports and names, as paths from the root. */
export const importsOf = ({ path, text }: Source): readonly Import[] => {
  const relative = (to: string) => normalize(join(dirname(path), to));
  const imports: readonly Import[] = Array.from(text.matchAll(IMPORT), ([, type, named, dynamic, bare]) => ({
    from: path,
    to: relative(named ?? dynamic ?? bare ?? ''),
    kind: type === undefined ? 'value' : 'type',
  }));
  const rest = text
    .replaceAll(IMPORT, '')
    .replaceAll(COMMENT, '')
    .replaceAll(FROM_PARTS, (_, parts: string) => joinParts(parts));
  const texts: readonly Import[] = [
    ...Array.from(rest.matchAll(RELATIVE), ([, to = '']) => relative(to)),
    ...Array.from(rest.matchAll(FROM_ROOT), ([, to = '']) => to),
  ]
    .flatMap(alternatives)
    .map((to) => ({ from: path, to, kind: 'text' }));
  return [...imports, ...texts];
};

const folderOf = (path: string): string => path.split('/')[0] ?? '';
const serviceOf = (path: string): string => path.split('/')[1] ?? '';

/** Whether a file of the console goes to the browser. The others serve it. */
const isOfPage = (path: string): boolean =>
  path.startsWith('local/console/') && !/^local\/console\/(?:bundle-console|pages|server)\.ts$/.test(path);

/**
 * The law of imports: shared ← services ← infra ← tools, shared ← commands ← tools, shared ← web ← tools, and web ← local.
 * Nothing imports `local`, save the build of the package that has it, or a test, no service another one, and infra takes no more than types from the services (it names their handlers by their paths).
 * The console's pages know no more of the local system than the types of its interface.
 */
export const isAllowed = ({ from, to, kind }: Import): boolean => {
  const [importer, imported] = [folderOf(from), folderOf(to)];
  if (!FOLDERS.includes(imported)) return true; // The root itself, its files, node_modules.
  if (isOfPage(from) && imported === 'local') {
    return isOfPage(to) || (to === 'local/api/types.ts' && kind === 'type');
  }
  if (imported === 'local' && from.startsWith('tools/local-package/')) return true;
  if (importer === imported) return importer !== 'services' || serviceOf(from) === serviceOf(to);
  if (importer === 'infra' && imported === 'services' && kind === 'value') return false;
  return MAY_KNOW[importer]?.includes(imported) === true;
};
