import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { loseFeedback } from '../../../../local/faults/feedback-lost.ts';
import { cameThrough, eventsOfAMail, namesOf } from './feedback-fixture.ts';

const losing = (feedbackLost: number) => {
  const switches = createFaultSwitches({ feedbackLost });
  return { switches, lose: loseFeedback(switches) };
};

test('the share that is asked for is lost, to the event', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), (percent) => {
      const came = cameThrough(losing(percent).lose, 100);

      expect(came.filter((did) => !did)).toHaveLength(percent);
    }),
  );
});

test('at one half the first event of a mail is lost, and then each second one', () => {
  expect(namesOf(losing(50).lose(eventsOfAMail(4)))).toEqual(['event 1', 'event 3']);
});

test('the count begins anew when the share is changed', () => {
  const { switches, lose } = losing(50);
  expect(cameThrough(lose, 1)).toEqual([false]);

  switches.set({ feedbackLost: 60 });

  expect(cameThrough(lose, 2)).toEqual([false, true]);
});
