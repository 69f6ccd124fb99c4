/** Lets the local clock follow the faults that are set. When the clock runs normally again, it does not jump back. */
import type { Clock } from '../ground/clock.ts';
import type { FaultSwitches } from './fault-switches.ts';
import type { Faults } from './fault-table.ts';
import { NO_FAULTS } from './faults.ts';

export const disturbClock = (clock: Clock, faults: FaultSwitches): void => {
  const follow = (now: Faults, before: Faults) => {
    const offsetMs = (now.clockOffsetSeconds - before.clockOffsetSeconds) * 1000;
    // Tests move the clock too; a change of another fault must not undo that.
    if (offsetMs !== 0 || now.clockRate !== before.clockRate) clock.adjust({ rate: now.clockRate, offsetMs });
  };
  follow(faults.current(), NO_FAULTS);
  faults.onChange(follow);
};
