/** Publishes the outcomes of mails as events, each at its time. Best-effort as with SES: a stop loses the waiting events. */

import type { Wait } from '../../../ground/wait.ts';
import type { EventEntry } from '../../events/event.ts';
import { type TrackedMail, toFeedbackEvent } from './feedback-event.ts';
import type { MailOutcome } from './outcome.ts';

/** An event and when it comes, in milliseconds of the local clock after its mail was accepted. */
export interface TimedEvent {
  readonly afterMs: number;
  readonly event: EventEntry;
}

/** Changes the events of one mail on their way. */
export type EventsOnTheirWay = (events: readonly TimedEvent[]) => readonly TimedEvent[];

export interface FeedbackDependencies {
  /** Sends an event to EventBridge. */
  readonly putEvent: (event: EventEntry) => unknown;
  readonly wait: Wait;
  /** @default the events arrive unchanged */
  readonly onTheirWay?: EventsOnTheirWay;
}

export interface FeedbackPublisher {
  /** Publishes those outcomes of one recipient that the mail's configuration set asks for. Returns at once. */
  report(mail: TrackedMail, recipient: string, outcomes: readonly MailOutcome[]): void;
  /** How many events are waiting. */
  pending(): number;
  /** Resolves when no event is waiting. */
  settled(): Promise<void>;
}

/** The time until the first outcome, and from each outcome to the next. */
const FIRST_MS = 50;
const NEXT_MS = 150;

const timedEvents = (
  mail: TrackedMail,
  recipient: string,
  outcomes: readonly MailOutcome[],
): readonly TimedEvent[] =>
  outcomes
    .map((outcome, index) => ({ outcome, afterMs: FIRST_MS + index * NEXT_MS }))
    .filter(({ outcome }) => mail.configurationSet.eventTypes.includes(outcome.type))
    .map(({ outcome, afterMs }) => ({
      afterMs,
      event: toFeedbackEvent(mail, { recipient, outcome, at: mail.acceptedAt + afterMs }),
    }));

export const createFeedback = ({
  putEvent,
  wait,
  onTheirWay = (events) => events,
}: FeedbackDependencies): FeedbackPublisher => {
  const waiting = new Set<Promise<void>>();
  const publish = async ({ afterMs, event }: TimedEvent) => {
    if (await wait(afterMs)) await putEvent(event);
  };
  return {
    report: (mail, recipient, outcomes) => {
      for (const timed of onTheirWay(timedEvents(mail, recipient, outcomes))) {
        const done: Promise<void> = publish(timed)
          .catch((error) => process.emitWarning(`An SES event was lost: ${error}`))
          .finally(() => waiting.delete(done));
        waiting.add(done);
      }
    },
    pending: () => waiting.size,
    settled: async () => {
      while (waiting.size > 0) await Promise.all(waiting);
    },
  };
};
