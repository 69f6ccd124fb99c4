/** Keeps how the faults are set now. This is in memory only, so a restart begins without faults. */
import type { Faults } from './fault-table.ts';
import { NO_FAULTS } from './faults.ts';

export type FaultsListener = (now: Faults, before: Faults) => void;

export interface FaultSwitches {
  current(): Faults;
  /** Sets some of the faults and returns all of them. */
  set(change: Partial<Faults>): Faults;
  /** Calls `listener` after every change. */
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
