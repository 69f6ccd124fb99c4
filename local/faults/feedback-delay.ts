/** SES takes its time to tell what became of a mail. The events still say when it happened. */
import type { EventsOnTheirWay } from '../engines/ses/feedback/feedback.ts';
import type { FaultSwitches } from './fault-switches.ts';

export const delayFeedback =
  (switches: FaultSwitches): EventsOnTheirWay =>
  (events) => {
    const delayMs = switches.current().feedbackDelaySeconds * 1_000;
    return events.map(({ afterMs, event }) => ({ afterMs: afterMs + delayMs, event }));
  };
