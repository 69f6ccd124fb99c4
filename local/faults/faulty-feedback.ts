/** SES's events with everything that can happen to them on their way. */
import type { EventsOnTheirWay } from '../engines/ses/feedback/feedback.ts';
import { createExactShare } from './exact-share.ts';
import type { FaultSwitches } from './fault-switches.ts';

/** SES publishes on a best-effort basis: a share of its events never comes. */
const lose = (faults: FaultSwitches): EventsOnTheirWay => {
  const isLost = createExactShare(faults, 'feedbackLost');
  return (events) => events.filter(() => !isLost());
};

/** EventBridge delivers at least once: each event comes a second time, at the same moment. */
const double =
  (faults: FaultSwitches): EventsOnTheirWay =>
  (events) =>
    faults.current().feedbackTwice ? events.flatMap((timed) => [timed, timed]) : events;

/** EventBridge promises no order: the events of a mail come at the same times, but not each at its own. */
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

/** SES takes its time to tell what became of a mail. The events still say when it happened. */
const delay =
  (faults: FaultSwitches): EventsOnTheirWay =>
  (events) => {
    const delayMs = faults.current().feedbackDelaySeconds * 1_000;
    return events.map(({ afterMs, event }) => ({ afterMs: afterMs + delayMs, event }));
  };

/** What is lost is lost for good, and each copy has a place of its own. `random` gives numbers from 0 to below 1. */
export const disturbFeedback = (
  faults: FaultSwitches,
  random: () => number = Math.random,
): EventsOnTheirWay => {
  const steps = [lose(faults), double(faults), shuffle(faults, random), delay(faults)];
  return (events) => steps.reduce((remaining, step) => step(remaining), events);
};
