import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { shuffleFeedback } from '../../../../local/faults/feedback-shuffled.ts';
import { eventsOfAMail, namesOf, timesOf } from './feedback-fixture.ts';

const ON = createFaultSwitches({ feedbackShuffled: true });

test('each event comes once, at a time of one of them', () => {
  const below1 = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.infiniteStream(below1), fc.integer({ min: 0, max: 6 }), (numbers, count) => {
      const events = eventsOfAMail(count);

      const shuffled = shuffleFeedback(ON, () => numbers.next().value)(events);

      expect(namesOf(shuffled)).toEqual(namesOf(events));
      expect(timesOf(shuffled).toSorted((a, b) => a - b)).toEqual(timesOf(events));
    }),
  );
});

test('every order occurs', () => {
  const orders = Array.from({ length: 500 }, () => timesOf(shuffleFeedback(ON)(eventsOfAMail(3))).join());

  expect(new Set(orders).size).toBe(6);
});

test('without the fault the order stays', () => {
  expect(shuffleFeedback(createFaultSwitches())(eventsOfAMail(3))).toEqual(eventsOfAMail(3));
});
