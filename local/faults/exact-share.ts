/** Picks a share of all calls, in percent. It is exact and not random, so that each run gives the same result. */
import type { FaultSwitches } from './fault-switches.ts';

type ShareName = 'sesThrottlePercent' | 'feedbackLost' | 'dynamoDbThrottlePercent';

const START = 50;

/** Returns a function that says for each call whether it is in the share: at 50 percent the first, the third and so on. */
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
