import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FAULT_ROWS, type FaultRow } from '../../../local/faults/fault-table.ts';
import { valuesOf } from '../../../local/faults/faults.ts';
import { putBetween, table } from '../../../tools/readme.ts';

const PAGE = join(import.meta.dirname, '../../../docs/local-engines.md');

const toRow = (fault: FaultRow): readonly string[] => [
  `\`${fault.name}\``,
  fault.title,
  valuesOf(fault),
  fault.does,
  fault.holds,
];

// `npx vitest run test/unit/docs/fault-table.test.ts --update` writes it.
test('docs/local-engines.md has the faults as their table has them', async () => {
  const faults = table(['fault', '', 'values', 'what happens', 'what holds'], FAULT_ROWS.map(toRow));

  await expect(putBetween(readFileSync(PAGE, 'utf8'), 'faults', faults)).toMatchFileSnapshot(PAGE);
});
