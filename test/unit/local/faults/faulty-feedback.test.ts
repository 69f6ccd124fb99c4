import { expect, test } from 'vitest';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { createFaultyFeedback } from '../../../../local/faults/faulty-feedback.ts';
import { eventsOfAMail, namesOf, timesOf } from './feedback-fixture.ts';

test('without faults the events come as they are', () => {
  expect(createFaultyFeedback(createFaultSwitches())(eventsOfAMail(3))).toEqual(eventsOfAMail(3));
});

test('faults add up: what is not lost comes twice, in any order, later', () => {
  const switches = createFaultSwitches({
    feedbackLost: 50,
    feedbackTwice: true,
    feedbackShuffled: true,
    feedbackDelaySeconds: 10,
  });

  const faulty = createFaultyFeedback(switches)(eventsOfAMail(4));

  expect(namesOf(faulty)).toEqual(['event 1', 'event 1', 'event 3', 'event 3']);
  expect(timesOf(faulty).toSorted((a, b) => a - b)).toEqual([10_200, 10_200, 10_500, 10_500]);
});

test('a switch that is set later counts for the mails after that', () => {
  const switches = createFaultSwitches();
  const onTheirWay = createFaultyFeedback(switches);

  switches.set({ feedbackTwice: true });

  expect(onTheirWay(eventsOfAMail(1))).toHaveLength(2);
});
