/** The figures of all scenarios of a file, as one table. */
import { afterAll, expect } from 'vitest';
import type { Explored, Scenario } from './engine/explore.ts';
import { describeViolation } from './engine/words.ts';

const HEAD = ['scenario', 'calls at once', 'faults', 'states', 'orders', 'violations', 'seconds'];
const rows: (readonly string[])[] = [];

/** Adds a row, prints the violation in words if there is one, and fails then. */
export const report = (name: string, { operations, faults }: Scenario, explored: Explored): void => {
  const { states, orders, seconds, violation } = explored;
  const figures = [operations.length, faults, states, orders, violation === undefined ? 0 : 1];
  rows.push([name, ...figures.map((figure) => figure.toLocaleString('en')), seconds.toFixed(1)]);
  if (violation !== undefined) console.error(`${name}: ${describeViolation(violation)}`);
  expect(violation?.problems ?? []).toEqual([]);
};

/** Prints the table when the file has ended. */
export const printTable = (): void =>
  afterAll(() => {
    const lines = [HEAD, HEAD.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
    console.log(`\n${lines.join('\n')}\n`);
  });
