/** Lets the local clock follow the faults that are set. Time that was gained stays: a clock that runs normally again does not jump back. */
import type { Clock } from '../ground/clock.ts';
import type { FaultSwitches } from './fault-switches.ts';
import type { Faults } from './fault-table.ts';
import { NO_FAULTS } from './faults.ts';

export const disturbClock = (clock: Clock, faults: FaultSwitches): void => {
  const follow = (now: Faults, before: Faults) => {
    const offsetMs = (now.clockOffsetSeconds - before.clockOffsetSeconds) * 1000;
    // Others move the clock too; a change of another switch must not undo that.
    if (offsetMs !== 0 || now.clockRate !== before.clockRate) clock.adjust({ rate: now.clockRate, offsetMs });
  };
  follow(faults.current(), NO_FAULTS);
  faults.onChange(follow);
};
