/** One table of all cases of a run. Each test file runs in a process of its own, so it writes its rows to disk. */

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

const FILE = fileURLToPath(new URL('../../../../.local/test/fault-rows.jsonl', import.meta.url));

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

const print = (): void => {
  if (!existsSync(FILE)) return;
  const lines = readFileSync(FILE, 'utf8').trim().split('\n');
  console.log(`\n${format(lines.map((line) => JSON.parse(line) as Row))}\n`);
};

/** Vitest runs this before the first file of each project. The table is started and printed once for all projects. */
export const setup = (project: TestProject): (() => void) => {
  const root = project.vitest.getRootProject();
  if ('faultSeed' in root.getProvidedContext()) return () => {};
  mkdirSync(dirname(FILE), { recursive: true });
  rmSync(FILE, { force: true });
  const given = Number(process.env.FAULT_SEED ?? Number.NaN);
  root.provide('faultSeed', Number.isInteger(given) ? given : randomInt(2 ** 31));
  return print;
};
