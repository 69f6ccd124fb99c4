/** The tables of errors in docs/client.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/client.md'), 'utf8');
const [, SECTION = ''] = /^## Errors\n([\s\S]*?)^## /m.exec(PAGE) ?? [];

/** The steps of a sign-in in the order of their tables. */
const STEPS = ['password', 'newPassword', 'order', 'code', 'signedIn'] as const;

export interface ErrorRow {
  /** Step and message; no two rows of a step have the same message. */
  readonly key: string;
  readonly name: string;
  readonly message: RegExp;
}

const toPattern = (message: string): RegExp =>
  new RegExp(`^${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.+')}$`);

const rowsOf = (table: string, step: string): readonly ErrorRow[] =>
  Array.from(table.matchAll(/^\| `(\w+)` \| `([^`]+)` \|/gm), ([, name = '', message = '']) => ({
    key: `${step}: ${message}`,
    name,
    message: toPattern(message),
  }));

export const ERROR_ROWS: readonly ErrorRow[] = SECTION.split('| error | message |')
  .slice(1)
  .flatMap((table, index) => rowsOf(table, STEPS[index] ?? 'unknown'));
