/** SES publishes on a best-effort basis: a share of its events never comes. */
import type { EventsOnTheirWay } from '../engines/ses/feedback/feedback.ts';
import { createExactShare } from './exact-share.ts';
import type { FaultSwitches } from './fault-switches.ts';

export const loseFeedback = (switches: FaultSwitches): EventsOnTheirWay => {
  const isLost = createExactShare(switches, 'feedbackLost');
  return (events) => events.filter(() => !isLost());
};
