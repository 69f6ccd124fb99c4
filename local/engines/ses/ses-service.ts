/** SES put together: sending with its faults, the inbox, the suppression list, and feedback on what was sent. */

import type { FaultSwitches } from '../../faults/fault-switches.ts';
import { createFaultyFeedback } from '../../faults/faulty-feedback.ts';
import { createFaultySes } from '../../faults/faulty-ses.ts';
import type { Clock } from '../../ground/clock.ts';
import type { Route } from '../../ground/endpoint.ts';
import type { State } from '../../ground/state.ts';
import type { Template } from '../../ground/template.ts';
import type { Wait } from '../../ground/wait.ts';
import type { EventEntry } from '../events/event.ts';
import type { Lambda } from '../lambda/lambda.ts';
import { readConfigurationSets } from './feedback/configuration-set.ts';
import { createDeliver } from './feedback/deliver.ts';
import { createFeedback, type Feedback } from './feedback/feedback.ts';
import { createInbox, type Inbox, type InboxMail } from './inbox.ts';
import { createSesRoutes } from './routes.ts';
import { createSes } from './send-email.ts';
import { createSuppressionList } from './suppression-list.ts';
import { createSuppressionRoute } from './suppression-routes.ts';

export interface SesServiceDependencies {
  readonly template: Template;
  readonly state: State;
  readonly clock: Clock;
  readonly wait: Wait;
  readonly faults: FaultSwitches;
  readonly crash: Lambda['crash'];
  /** Hands an event to EventBridge. */
  readonly putEvent: (event: EventEntry) => unknown;
  readonly onMail: (mail: InboxMail) => void;
}

export interface SesService {
  readonly inbox: Inbox;
  readonly feedback: Feedback;
  readonly routes: readonly Route[];
}

export const createSesService = (dependencies: SesServiceDependencies): SesService => {
  const { template, state, clock, wait, faults, crash, putEvent, onMail } = dependencies;
  const inbox = createInbox(state, clock, onMail);
  const suppressionList = createSuppressionList(state, clock);
  const feedback = createFeedback({ putEvent, wait, onTheirWay: createFaultyFeedback(faults) });
  const ses = createSes(
    template.ofType('AWS::SES::EmailIdentity'),
    readConfigurationSets(
      template.ofType('AWS::SES::ConfigurationSet'),
      template.ofType('AWS::SES::ConfigurationSetEventDestination'),
    ),
    createDeliver({ inbox, suppressionList, feedback, clock }),
  );
  return {
    inbox,
    feedback,
    routes: [
      ...createSesRoutes(createFaultySes({ ses, faults, crash, wait }), inbox),
      createSuppressionRoute(suppressionList),
    ],
  };
};
