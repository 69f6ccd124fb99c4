/** Loses, doubles, shuffles and delays the events of SES on their way. */
import type { EventsOnTheirWay } from '../engines/ses/feedback/feedback.ts';
import { createExactShare } from './exact-share.ts';
import type { FaultSwitches } from './fault-switches.ts';

/** Loses a share of the events: SES publishes on a best-effort basis. */
const lose = (faults: FaultSwitches): EventsOnTheirWay => {
  const isLost = createExactShare(faults, 'feedbackLost');
  return (events) => events.filter(() => !isLost());
};

/** Sends each event a second time, at the same moment: EventBridge delivers at least once. */
const double =
  (faults: FaultSwitches): EventsOnTheirWay =>
  (events) =>
    faults.current().feedbackTwice ? events.flatMap((timed) => [timed, timed]) : events;

/** Exchanges the times at which the events of a mail come: EventBridge does not promise an order. */
const shuffle =
  (faults: FaultSwitches, random: () => number): EventsOnTheirWay =>
  (events) => {
    if (!faults.current().feedbackShuffled) return events;
    const times = events.map(({ afterMs }) => afterMs);
    return events.map(({ event }) => {
      const [afterMs = 0] = times.splice(Math.floor(random() * times.length), 1);
      return { afterMs, event };
    });
  };

/** Delays the events of a mail. They still say when each thing happened. */
const delay =
  (faults: FaultSwitches): EventsOnTheirWay =>
  (events) => {
    const delayMs = faults.current().feedbackDelaySeconds * 1_000;
    return events.map(({ afterMs, event }) => ({ afterMs: afterMs + delayMs, event }));
  };

/** Loses events before it doubles them, and doubles before it shuffles. `random` returns numbers from 0 to below 1. */
export const disturbFeedback = (
  faults: FaultSwitches,
  random: () => number = Math.random,
): EventsOnTheirWay => {
  const steps = [lose(faults), double(faults), shuffle(faults, random), delay(faults)];
  return (events) => steps.reduce((remaining, step) => step(remaining), events);
};
