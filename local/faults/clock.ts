/** Lets the local clock follow its switches. Time that was gained stays: a clock that runs normally again does not jump back. */
import type { Clock } from '../ground/clock.ts';
import type { FaultSwitches } from './fault-switches.ts';
import { type Faults, NO_FAULTS } from './faults.ts';

export const driveClock = (clock: Clock, switches: FaultSwitches): void => {
  const follow = (now: Faults, before: Faults) => {
    const offsetMs = (now.clockOffsetSeconds - before.clockOffsetSeconds) * 1000;
    // Others move the clock too; a change of another switch must not undo that.
    if (offsetMs !== 0 || now.clockRate !== before.clockRate) clock.adjust({ rate: now.clockRate, offsetMs });
  };
  follow(switches.current(), NO_FAULTS);
  switches.onChange(follow);
};
