/** Connects the parts of SES: sending, the inbox, the suppression list and feedback. */
import type { Clock } from '../../ground/clock.ts';
import type { Route } from '../../ground/endpoint.ts';
import type { State } from '../../ground/state.ts';
import type { Template } from '../../ground/template.ts';
import type { Wait } from '../../ground/wait.ts';
import type { EventEntry } from '../events/event.ts';
import { readConfigurationSets } from './feedback/configuration-set.ts';
import { createDeliver } from './feedback/deliver.ts';
import { createFeedback, type EventsOnTheirWay, type FeedbackPublisher } from './feedback/feedback.ts';
import { createInbox, type Inbox, type InboxMail } from './inbox.ts';
import { createSes, type LocalSes } from './send-email.ts';
import { createSuppressionList } from './suppression-list.ts';
import { createSuppressionRoute } from './suppression-routes.ts';

export interface SesServiceDependencies {
  readonly template: Template;
  readonly state: State;
  readonly clock: Clock;
  readonly wait: Wait;
  /** Sends an event to EventBridge. */
  readonly putEvent: (event: EventEntry) => unknown;
  readonly onTheirWay: EventsOnTheirWay;
  readonly onMail: (mail: InboxMail) => void;
}

export interface SesService {
  readonly ses: LocalSes;
  readonly inbox: Inbox;
  readonly feedback: FeedbackPublisher;
  readonly suppressionRoute: Route;
}

export const createSesService = (dependencies: SesServiceDependencies): SesService => {
  const { template, state, clock, wait, putEvent, onTheirWay, onMail } = dependencies;
  const inbox = createInbox(state, clock, onMail);
  const suppressionList = createSuppressionList(state, clock);
  const feedback = createFeedback({ putEvent, wait, onTheirWay });
  const ses = createSes(
    template.ofType('AWS::SES::EmailIdentity'),
    readConfigurationSets(
      template.ofType('AWS::SES::ConfigurationSet'),
      template.ofType('AWS::SES::ConfigurationSetEventDestination'),
    ),
    createDeliver({ inbox, suppressionList, feedback, clock }),
    template,
  );
  return { ses, inbox, feedback, suppressionRoute: createSuppressionRoute(suppressionList) };
};
