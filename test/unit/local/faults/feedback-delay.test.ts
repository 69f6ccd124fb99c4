import { expect, test } from 'vitest';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { delayFeedback } from '../../../../local/faults/feedback-delay.ts';
import { eventsOfAMail, namesOf, timesOf } from './feedback-fixture.ts';

test('all events of a mail come later by as much as is asked for', () => {
  const delay = delayFeedback(createFaultSwitches({ feedbackDelaySeconds: 30 }));

  const delayed = delay(eventsOfAMail(3));

  expect(timesOf(delayed)).toEqual([30_050, 30_200, 30_350]);
  expect(namesOf(delayed)).toEqual(namesOf(eventsOfAMail(3)));
});

test('without the fault they come when they did', () => {
  expect(delayFeedback(createFaultSwitches())(eventsOfAMail(3))).toEqual(eventsOfAMail(3));
});
