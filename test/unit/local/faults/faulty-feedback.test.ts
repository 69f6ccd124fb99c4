import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventsOnTheirWay, TimedEvent } from '../../../../local/engines/ses/feedback/feedback.ts';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import type { Faults } from '../../../../local/faults/fault-table.ts';
import { disturbFeedback } from '../../../../local/faults/faulty-feedback.ts';

/** The events of one mail, some time apart. */
const eventsOfAMail = (count: number): readonly TimedEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    afterMs: 50 + index * 150,
    event: { source: 'aws.ses', detailType: `event ${index}`, resources: [], detail: {} },
  }));

const namesOf = (events: readonly TimedEvent[]): readonly string[] =>
  events.map(({ event }) => event.detailType);

const timesOf = (events: readonly TimedEvent[]): readonly number[] => events.map(({ afterMs }) => afterMs);

const disturbed = (faults: Partial<Faults>, random?: () => number): EventsOnTheirWay =>
  disturbFeedback(createFaultSwitches(faults), random);

/** For each of this many mails with one event: whether the event came. */
const cameThrough = (onTheirWay: EventsOnTheirWay, mails: number): readonly boolean[] =>
  Array.from({ length: mails }, () => onTheirWay(eventsOfAMail(1)).length > 0);

test('without faults the events come as they are', () => {
  expect(disturbed({})(eventsOfAMail(3))).toEqual(eventsOfAMail(3));
});

test('faults add up: what is not lost comes twice, in any order, later', () => {
  const onTheirWay = disturbed({
    feedbackLost: 50,
    feedbackTwice: true,
    feedbackShuffled: true,
    feedbackDelaySeconds: 10,
  });

  const faulty = onTheirWay(eventsOfAMail(4));

  expect(namesOf(faulty)).toEqual(['event 1', 'event 1', 'event 3', 'event 3']);
  expect(timesOf(faulty).toSorted((a, b) => a - b)).toEqual([10_200, 10_200, 10_500, 10_500]);
});

test('a fault that is set later counts for the mails after that', () => {
  const faults = createFaultSwitches();
  const onTheirWay = disturbFeedback(faults);

  faults.set({ feedbackTwice: true });

  expect(onTheirWay(eventsOfAMail(1))).toHaveLength(2);
});

test('late: all events of a mail come later by as much as is asked for', () => {
  const delayed = disturbed({ feedbackDelaySeconds: 30 })(eventsOfAMail(3));

  expect(timesOf(delayed)).toEqual([30_050, 30_200, 30_350]);
  expect(namesOf(delayed)).toEqual(namesOf(eventsOfAMail(3)));
});

test('twice: each event comes a second time, the same both times', () => {
  const doubled = disturbed({ feedbackTwice: true })(eventsOfAMail(2));

  expect(namesOf(doubled)).toEqual(['event 0', 'event 0', 'event 1', 'event 1']);
  expect(doubled[0]).toEqual(doubled[1]);
});

describe('lost', () => {
  test('is the share that is asked for, to the event', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (feedbackLost) => {
        const came = cameThrough(disturbed({ feedbackLost }), 100);

        expect(came.filter((did) => !did)).toHaveLength(feedbackLost);
      }),
    );
  });

  test('is at one half the first event of a mail, and then each second one', () => {
    expect(namesOf(disturbed({ feedbackLost: 50 })(eventsOfAMail(4)))).toEqual(['event 1', 'event 3']);
  });

  test('is counted anew when the share is changed', () => {
    const faults = createFaultSwitches({ feedbackLost: 50 });
    const onTheirWay = disturbFeedback(faults);
    expect(cameThrough(onTheirWay, 1)).toEqual([false]);

    faults.set({ feedbackLost: 60 });

    expect(cameThrough(onTheirWay, 2)).toEqual([false, true]);
  });
});

describe('out of order', () => {
  test('each event comes once, at a time of one of them', () => {
    const below1 = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.infiniteStream(below1), fc.integer({ min: 0, max: 6 }), (numbers, count) => {
        const events = eventsOfAMail(count);

        const shuffled = disturbed({ feedbackShuffled: true }, () => numbers.next().value)(events);

        expect(namesOf(shuffled)).toEqual(namesOf(events));
        expect(timesOf(shuffled).toSorted((a, b) => a - b)).toEqual(timesOf(events));
      }),
    );
  });

  test('every order occurs', () => {
    const shuffle = disturbed({ feedbackShuffled: true });

    const orders = Array.from({ length: 500 }, () => timesOf(shuffle(eventsOfAMail(3))).join());

    expect(new Set(orders).size).toBe(6);
  });
});
