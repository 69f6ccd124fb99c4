import { expect, test } from 'vitest';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { doubleFeedback } from '../../../../local/faults/feedback-twice.ts';
import { eventsOfAMail, namesOf } from './feedback-fixture.ts';

test('each event comes twice, the same both times', () => {
  const double = doubleFeedback(createFaultSwitches({ feedbackTwice: true }));

  const doubled = double(eventsOfAMail(2));

  expect(namesOf(doubled)).toEqual(['event 0', 'event 0', 'event 1', 'event 1']);
  expect(doubled[0]).toEqual(doubled[1]);
});

test('without the fault it comes once', () => {
  expect(doubleFeedback(createFaultSwitches())(eventsOfAMail(2))).toEqual(eventsOfAMail(2));
});
