/** Shows one step of a challenge's timeline: when, what, by whom, and the ids by which to find it elsewhere. */

import type { TimelineStep } from '../../../shared/words/timeline.ts';
import { duration } from '../../../shared/words/times.ts';
import { type Child, h, setText } from '../../../web/kit/element.ts';
import type { KeyedRow } from '../../../web/kit/keyed-list.ts';
import { executionId } from '../executions/execution.ts';
import { sentenceElement, timeElement } from '../frame/zone.ts';
import { stepTone } from './challenge-words.ts';

const ID_LABELS: ReadonlyMap<string, string> = new Map([
  ['messageId', 'message'],
  ['execution', 'execution'],
]);

/** Makes the id a link if another page of the console shows the thing that it names. */
const idValue = (name: string, id: string): Child => {
  switch (name) {
    case 'execution': {
      const short = executionId({ executionArn: id });
      return h('a', { href: `executions#${short}` }, short);
    }
    case 'messageId':
      return h('a', { href: `inbox#mail-${id}` }, id);
    default:
      return id;
  }
};

const pair = (label: string, value: Child): HTMLElement =>
  h('div', {}, h('dt', {}, label), h('dd', {}, value));

const terms = ({ by, details, ids }: TimelineStep): HTMLElement =>
  h(
    'dl',
    { class: 'terms small' },
    pair('by', by),
    ...Object.entries(details).map(([label, value]) => pair(label, value)),
    ...Object.entries(ids).map(([name, id]) => pair(ID_LABELS.get(name) ?? name, idValue(name, id))),
  );

/** For instance `Mail 2: delayed: the mailbox is full`. */
const wordsOf = ({ delivery, words }: TimelineStep): string => {
  const sentence = delivery === undefined ? words : `mail ${delivery}: ${words}`;
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}`;
};

/** Within a day the exact time says all. */
const isOfSameDay = (at: number, start: number): boolean => Math.abs(at - start) < 12 * 3_600_000;

/**
 * A fact never changes; only the time since the step before it does, if a fact arrives late. `start` is the time of the
 * request in epoch milliseconds.
 */
export const timelineStep = (step: TimelineStep, start: number): KeyedRow<TimelineStep> => {
  const since = h('span', { class: 'small quiet' });
  const element = h(
    'li',
    { class: 'trail-step', 'data-tone': stepTone(step.name) },
    h(
      'p',
      { class: 'trail-time digits' },
      timeElement(step.at, isOfSameDay(step.at, start) ? 'exact' : 'dateTime'),
      since,
    ),
    h(
      'div',
      { class: 'tight' },
      h('p', { class: 'trail-words' }, sentenceElement(wordsOf(step))),
      terms(step),
    ),
  );
  return {
    element,
    update: ({ name, sinceLast }) => setText(since, name === '1#REQUESTED' ? '' : `+${duration(sinceLast)}`),
  };
};
