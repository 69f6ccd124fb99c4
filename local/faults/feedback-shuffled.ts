/** EventBridge promises no order: the events of a mail come at the same times, but not each at its own. */
import type { EventsOnTheirWay } from '../engines/ses/feedback/feedback.ts';
import type { FaultSwitches } from './fault-switches.ts';

/** `random` answers numbers from 0 to below 1. */
export const shuffleFeedback =
  (switches: FaultSwitches, random: () => number = Math.random): EventsOnTheirWay =>
  (events) => {
    if (!switches.current().feedbackShuffled) return events;
    const times = events.map(({ afterMs }) => afterMs);
    return events.map(({ event }) => {
      const [afterMs = 0] = times.splice(Math.floor(random() * times.length), 1);
      return { afterMs, event };
    });
  };
