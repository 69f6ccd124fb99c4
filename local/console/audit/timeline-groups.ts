/** Puts the wrong answers of a timeline that follow on each other into one group, which a page shows as one line. */
import { readFactName } from '../../../shared/words/fact-words.ts';
import type { TimelineStep } from '../../../shared/words/timeline.ts';

/** One step, or two and more wrong answers. */
export type TimelineItem =
  | { readonly kind: 'step'; readonly step: TimelineStep }
  | {
      readonly kind: 'wrongAnswers';
      readonly steps: readonly [TimelineStep, TimelineStep, ...TimelineStep[]];
    };

const isWrongAnswer = ({ name }: TimelineStep): boolean => readFactName(name).kind === 'attempt';

const addTo = (items: readonly TimelineItem[], step: TimelineStep): readonly TimelineItem[] => {
  const last = items.at(-1);
  if (last === undefined || !isWrongAnswer(step)) return [...items, { kind: 'step', step }];
  const before = items.slice(0, -1);
  if (last.kind === 'wrongAnswers') return [...before, { ...last, steps: [...last.steps, step] }];
  return isWrongAnswer(last.step)
    ? [...before, { kind: 'wrongAnswers', steps: [last.step, step] }]
    : [...items, { kind: 'step', step }];
};

export const groupSteps = (steps: readonly TimelineStep[]): readonly TimelineItem[] =>
  steps.reduce<readonly TimelineItem[]>(addTo, []);

/** A name that stays the same while the timeline grows. */
export const itemKey = (item: TimelineItem): string =>
  item.kind === 'step' ? item.step.name : `from ${item.steps[0].name}`;
