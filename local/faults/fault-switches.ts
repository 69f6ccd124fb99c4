/** How the faults are set right now. Kept in memory only, so that a restart begins with none. */
import type { Faults } from './fault-table.ts';
import { NO_FAULTS } from './faults.ts';

export type FaultsListener = (now: Faults, before: Faults) => void;

export interface FaultSwitches {
  current(): Faults;
  /** Sets some of the faults and returns all of them. */
  set(change: Partial<Faults>): Faults;
  /** `listener` is told of every change. */
  onChange(listener: FaultsListener): void;
}

export const createFaultSwitches = (initial: Partial<Faults> = {}): FaultSwitches => {
  const listeners: FaultsListener[] = [];
  let faults: Faults = { ...NO_FAULTS, ...initial };
  return {
    current: () => faults,
    set: (change) => {
      const before = faults;
      faults = { ...faults, ...change };
      for (const listener of listeners) listener(faults, before);
      return faults;
    },
    onChange: (listener) => void listeners.push(listener),
  };
};
