import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FAULT_ROWS, type FaultRow } from '../../../local/faults/fault-table.ts';
import { allowedValues } from '../../../local/faults/faults.ts';
import { table } from '../../../tools/docs.ts';

const PAGE = join(import.meta.dirname, '../../../docs/local/engines.md');

/** The place of the table, between its marks. */
const PLACE = /(?<=<!-- faults -->\n).*?(?=\n<!-- \/faults -->)/s;

const toRow = (fault: FaultRow): readonly string[] => [
  `\`${fault.name}\``,
  fault.title,
  allowedValues(fault),
  fault.does,
  fault.holds,
];

// To write it: npm test -- test/unit/docs/fault-table.test.ts --update
test('docs/local/engines.md has the faults as their table has them', async () => {
  const faults = table(['fault', '', 'values', 'what happens', 'what holds'], FAULT_ROWS.map(toRow));

  const page = readFileSync(PAGE, 'utf8');
  expect(page).toMatch(PLACE);
  await expect(page.replace(PLACE, () => faults)).toMatchFileSnapshot(PAGE);
});
