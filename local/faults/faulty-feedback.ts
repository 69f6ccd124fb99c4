/** SES's events with everything that can happen to them. What is lost is lost for good, and each copy has a place of its own. */
import type { EventsOnTheirWay } from '../engines/ses/feedback/feedback.ts';
import type { FaultSwitches } from './fault-switches.ts';
import { delayFeedback } from './feedback-delay.ts';
import { loseFeedback } from './feedback-lost.ts';
import { shuffleFeedback } from './feedback-shuffled.ts';
import { doubleFeedback } from './feedback-twice.ts';

export const createFaultyFeedback = (switches: FaultSwitches): EventsOnTheirWay => {
  const steps = [
    loseFeedback(switches),
    doubleFeedback(switches),
    shuffleFeedback(switches),
    delayFeedback(switches),
  ];
  return (events) => steps.reduce((remaining, step) => step(remaining), events);
};
