/** A share of what passes, in percent: exact rather than random, so that what it shows it shows each time. */
import type { FaultSwitches } from './fault-switches.ts';

type ShareName = 'sesThrottlePercent' | 'feedbackLost' | 'dynamoDbThrottlePercent';

const START = 50;

/** Says of each in turn whether it belongs to the share. At 50 the first does, then each second one; a change begins anew. */
export const createExactShare = (switches: FaultSwitches, name: ShareName): (() => boolean) => {
  let due = START;
  switches.onChange((now, before) => {
    if (now[name] !== before[name]) due = START;
  });
  return () => {
    due += switches.current()[name];
    if (due < 100) return false;
    due -= 100;
    return true;
  };
};
