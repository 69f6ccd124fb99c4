/** EventBridge delivers at least once: each event comes a second time, at the same moment. */
import type { EventsOnTheirWay } from '../engines/ses/feedback/feedback.ts';
import type { FaultSwitches } from './fault-switches.ts';

export const doubleFeedback =
  (switches: FaultSwitches): EventsOnTheirWay =>
  (events) =>
    switches.current().feedbackTwice ? events.flatMap((timed) => [timed, timed]) : events;
