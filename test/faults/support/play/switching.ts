/** Switches of the local system that are on while a case is played. */
import type { FaultName, Faults } from '../../../../local/faults/fault-table.ts';
import type { FaultCase } from './fault-case.ts';

/** A case's `prepare`: sets these switches, and in the end what they were before. */
export const switching =
  (on: Partial<Faults>): FaultCase['prepare'] & object =>
  ({ system: { faults } }) => {
    const before = faults.current();
    faults.set(on);
    const off = Object.keys(on).map((name) => [name, before[name as FaultName]]);
    return () => void faults.set(Object.fromEntries(off));
  };
