/** Shows the data of executions and states, and the tries of a visit. */
import { duration } from '../../../shared/words/times.ts';
import { h } from '../../../web/kit/element.ts';
import type { TaskTry, Visit } from './execution-path.ts';

/** Shows data as JSON. */
export const dataBlock = (label: string, data: unknown, context: string): HTMLElement =>
  h(
    'figure',
    { class: 'tight data' },
    h('figcaption', { class: 'small quiet' }, label),
    h(
      'pre',
      { tabindex: 0, role: 'region', 'aria-label': `${label} of ${context}` },
      JSON.stringify(data, null, 2),
    ),
  );

const describeTry = (
  taskTry: TaskTry,
  number: number,
  outcome: Visit['outcome'],
  isLast: boolean,
): string => {
  const { startedAt, endedAt, error, waitMs } = taskTry;
  const time = endedAt === undefined ? '' : ` after ${duration(endedAt - startedAt)}`;
  if (error === undefined) {
    if (outcome === 'running') return `Try ${number} is under way.`;
    return outcome === 'stopped' ? `Try ${number} was stopped.` : `Try ${number} succeeded${time}.`;
  }
  const failed = `Try ${number} failed with ${error}${time}`;
  if (waitMs !== undefined) return `${failed}; waited ${duration(waitMs)}.`;
  return isLast && outcome === 'running' ? `${failed}; waiting for the next try.` : `${failed}.`;
};

/** Returns nothing where there is nothing to tell: one try, without an error. */
export const tryList = ({ tries, outcome }: Visit): HTMLElement | undefined => {
  const [first] = tries;
  if (tries.length === 1 && first?.error === undefined) return undefined;
  const words = tries.map((taskTry, index) =>
    describeTry(taskTry, index + 1, outcome, index === tries.length - 1),
  );
  return h('ol', { class: 'tries small' }, ...words.map((text) => h('li', {}, text)));
};
