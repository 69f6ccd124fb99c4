/** The events of one mail, some time apart. */
import type { EventsOnTheirWay, TimedEvent } from '../../../../local/engines/ses/feedback/feedback.ts';

export const eventsOfAMail = (count: number): readonly TimedEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    afterMs: 50 + index * 150,
    event: { source: 'aws.ses', detailType: `event ${index}`, resources: [], detail: {} },
  }));

/** What comes of this many mails with one event each: whether it came. */
export const cameThrough = (onTheirWay: EventsOnTheirWay, mails: number): readonly boolean[] =>
  Array.from({ length: mails }, () => onTheirWay(eventsOfAMail(1)).length > 0);

export const namesOf = (events: readonly TimedEvent[]): readonly string[] =>
  events.map(({ event }) => event.detailType);

export const timesOf = (events: readonly TimedEvent[]): readonly number[] =>
  events.map(({ afterMs }) => afterMs);
