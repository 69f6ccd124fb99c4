/** One table over all cases of a run. The files run in processes of their own, so each writes its rows down. */

import { randomInt } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

export interface Row {
  readonly name: string;
  readonly invariant: string;
  readonly rounds: number;
  readonly seconds: number;
  /** Rounds that had to be played again, because the machine was too slow for the functions' time limits. */
  readonly voidTakes: number;
  readonly violations: number;
  readonly seed: number;
}

const FILE = fileURLToPath(new URL('../../../.local/test/fault-rows.jsonl', import.meta.url));

export const addRow = (row: Row): void => appendFileSync(FILE, `${JSON.stringify(row)}\n`);

const format = (rows: readonly Row[]): string => {
  const cells = rows.map(({ name, rounds, invariant, violations, seed, seconds, voidTakes }) =>
    [name, rounds, invariant, violations, seed, seconds.toFixed(0), voidTakes].map(String),
  );
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
  const total = [
    'in all',
    sum((row) => row.rounds),
    '',
    sum((row) => row.violations),
    '',
    '',
    sum((row) => row.voidTakes),
  ];
  const head = ['case', 'rounds', 'invariant', 'violations', 'seed', 'seconds', 'played again'];
  const lines = [head, head.map(() => '---'), ...cells, total];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
};

/** Vitest runs this before the first file. */
export const setup = (project: TestProject): void => {
  mkdirSync(dirname(FILE), { recursive: true });
  rmSync(FILE, { force: true });
  const given = Number(process.env.FAULT_SEED ?? Number.NaN);
  project.provide('faultSeed', Number.isInteger(given) ? given : randomInt(2 ** 31));
};

/** And this after the last one. */
export const teardown = (): void => {
  if (!existsSync(FILE)) return;
  const rows = readFileSync(FILE, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
  console.log(`\n${format(rows)}\n`);
};
