/** The README's tables of settings and resources, made from the code that reads the settings and from the template. */
import type { Setting } from '../infra/settings/setting-kinds.ts';

/** As much of a synthesized template as the table of resources needs. */
export interface TemplateResources {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly DeletionPolicy?: string | undefined }>
  >;
}

type Row = readonly string[];

const toCell = (text: string): string => text.replaceAll('|', '\\|');

/** A table of Markdown. */
export const table = (head: Row, rows: readonly Row[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(toCell).join(' | ')} |`).join('\n');

export const settingsTable = (settings: Readonly<Record<string, Setting<unknown>>>): string =>
  table(
    ['setting (`-c name=value`)', 'values', 'default', ''],
    Object.entries(settings).map(([name, { values, default: fallback, description }]) => [
      `\`${name}\``,
      values,
      fallback,
      description,
    ]),
  );

/** By type, with how many of them outlive the stack. */
export const resourcesTable = ({ Resources }: TemplateResources): string => {
  const byType = Map.groupBy(Object.values(Resources), ({ Type }) => Type);
  const rows = [...byType]
    .filter(([type]) => type.startsWith('AWS::') && !type.startsWith('AWS::CDK::'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, resources]) => {
      const kept = resources.filter(({ DeletionPolicy = '' }) => DeletionPolicy.startsWith('Retain')).length;
      return [`\`${type}\``, String(resources.length), kept === 0 ? '' : 'kept'];
    });
  return table(['resource', 'how many', 'when the stack is deleted'], rows);
};

/** Puts a text between `<!-- name -->` and `<!-- /name -->`. Throws where the README does not have the pair. */
export const putBetween = (readme: string, name: string, text: string): string => {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The README has no place for ${name}: ${start} … ${end}`);
  return `${readme.slice(0, from + start.length)}\n${text}\n${readme.slice(to)}`;
};
