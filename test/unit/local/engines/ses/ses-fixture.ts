/** SES with its own state, a configuration set that reports everything, and the events that it sent to EventBridge. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventEntry } from '../../../../../local/engines/events/event.ts';
import type { ConfigurationSet } from '../../../../../local/engines/ses/feedback/configuration-set.ts';
import { createDeliver } from '../../../../../local/engines/ses/feedback/deliver.ts';
import { createFeedback, type EventsOnTheirWay } from '../../../../../local/engines/ses/feedback/feedback.ts';
import { createInbox, type InboxMail } from '../../../../../local/engines/ses/inbox.ts';
import { createSes } from '../../../../../local/engines/ses/send-email.ts';
import { createSuppressionList } from '../../../../../local/engines/ses/suppression-list.ts';
import { createClock } from '../../../../../local/ground/clock.ts';
import type { JsonObject } from '../../../../../local/ground/service.ts';
import { openState } from '../../../../../local/ground/state.ts';
import { ACCOUNT_ID, REGION, type Resource } from '../../../../../local/ground/template.ts';
import { createWait } from '../../../../../local/ground/wait.ts';
import { aResource as aNamedResource } from '../../a-resource.ts';

export const aResource = (ref: string, properties: JsonObject = {}): Resource =>
  aNamedResource('test', properties, { ref, attributes: {} });

export const aConfigurationSet = (changes: Partial<ConfigurationSet> = {}): ConfigurationSet => ({
  name: 'codes',
  eventTypes: ['Send', 'Delivery', 'Bounce', 'Complaint', 'DeliveryDelay', 'Reject'],
  suppressedReasons: ['BOUNCE'],
  maxDeliverySeconds: 300,
  ...changes,
});

const text = (Data: unknown) => ({ Data, Charset: 'UTF-8' });

export const aMail = (changes: JsonObject = {}): JsonObject => ({
  FromEmailAddress: 'Example <otp@example.com>',
  Destination: { ToAddresses: ['alice@example.net'] },
  ConfigurationSetName: 'codes',
  Content: { Simple: { Subject: text('Subject'), Body: { Text: text('Text'), Html: text('<p>Html</p>') } } },
  EmailTags: [{ Name: 'challenge', Value: 'id-1' }],
  ...changes,
});

export interface SesOptions {
  readonly folder?: string;
  /** The verified identities. */
  readonly identities?: readonly string[];
  readonly configurationSet?: Partial<ConfigurationSet>;
  readonly onTheirWay?: EventsOnTheirWay;
  readonly putEvent?: (event: EventEntry) => unknown;
}

/** By default `otp@example.com` and the domain `example.org` are verified. The clock runs at twenty times the normal speed. */
export const aSes = (options: SesOptions = {}) => {
  const { folder = mkdtempSync(join(tmpdir(), 'ses-')), configurationSet, onTheirWay } = options;
  const state = openState(folder);
  const clock = createClock();
  clock.adjust({ rate: 20 });
  const closing = new AbortController();
  const told: InboxMail[] = [];
  const events: EventEntry[] = [];
  const inbox = createInbox(state, clock, (mail) => told.push(mail));
  const suppressionList = createSuppressionList(state, clock);
  const feedback = createFeedback({
    putEvent: options.putEvent ?? ((event) => events.push(event)),
    wait: createWait(clock, closing.signal),
    ...(onTheirWay && { onTheirWay }),
  });
  const { identities = ['otp@example.com', 'example.org'] } = options;
  const ses = createSes(
    identities.map((EmailIdentity) => aResource('identity', { EmailIdentity })),
    [aConfigurationSet(configurationSet)],
    createDeliver({ inbox, suppressionList, feedback, clock }),
    { region: REGION, accountId: ACCOUNT_ID },
  );
  return {
    folder,
    ses,
    inbox,
    told,
    events,
    feedback,
    suppressionList,
    close: () => closing.abort(),
    /** Sends a mail to these addresses and returns the types of the events that follow. */
    reportOn: async (...ToAddresses: readonly string[]): Promise<readonly string[]> => {
      const before = events.length;
      ses.sendEmail(aMail({ Destination: { ToAddresses } }));
      await feedback.settled();
      return events.slice(before).map(({ detail }) => String(detail.eventType));
    },
    [Symbol.dispose]: () => {
      closing.abort();
      state.close();
    },
  };
};
