/** Shows one line of a timeline: a step, or a group of wrong answers that opens. */
import type { TimelineStep } from '../../../shared/words/timeline.ts';
import { count } from '../../../shared/words/times.ts';
import { h, setText } from '../../../web/kit/element.ts';
import { createKeyedList, type KeyedRow } from '../../../web/kit/keyed-list.ts';
import { timeElement } from '../frame/zone.ts';
import type { TimelineItem } from './timeline-groups.ts';
import { timelineStep } from './timeline-step.ts';

type Group = Extract<TimelineItem, { readonly kind: 'wrongAnswers' }>;

const groupRow = ({ steps: [first] }: Group, start: number): KeyedRow<Group> => {
  const words = h('span', { class: 'trail-words' });
  const until = h('span');
  const inner = h('ol', { class: 'trail' });
  const showSteps = createKeyedList<TimelineStep>(
    inner,
    ({ name }) => name,
    (step) => timelineStep(step, start),
  );
  return {
    element: h(
      'li',
      { class: 'trail-group', 'data-tone': 'warn' },
      h(
        'details',
        {},
        h(
          'summary',
          {},
          words,
          h('span', { class: 'quiet small' }, ', ', timeElement(first.at, 'clock'), ' to ', until),
        ),
        inner,
      ),
    ),
    update: ({ steps }) => {
      setText(words, count(steps.length, 'wrong answer', 'wrong answers'));
      until.replaceChildren(timeElement(steps.at(-1)?.at ?? Number.NaN, 'clock'));
      showSteps(steps);
    },
  };
};

/** `start` is the time of the request in epoch milliseconds. */
export const timelineRow = (item: TimelineItem, start: number): KeyedRow<TimelineItem> => {
  if (item.kind === 'step') {
    const row = timelineStep(item.step, start);
    return { ...row, update: (changed) => changed.kind === 'step' && row.update(changed.step) };
  }
  const row = groupRow(item, start);
  return { ...row, update: (changed) => changed.kind === 'wrongAnswers' && row.update(changed) };
};
