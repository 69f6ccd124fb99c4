/** Shows one execution: its status, its way through the states, each step with its retries, and its data. */
import { clockTime, dateTime, duration } from '../../../shared/words/times.ts';
import { type Child, h } from '../../../web/kit/element.ts';
import {
  challengeIdOf,
  executionId,
  type ShownExecution,
  type ShownMachine,
  STATUS_WORDS,
} from './execution.ts';
import {
  describeVisit,
  isEnding,
  retriesOf,
  type TaskTry,
  took,
  tracePath,
  type Visit,
} from './execution-path.ts';
import { drawGraph } from './graph-drawing.ts';

/** Makes a state's name that a narrow column breaks only between words. */
const breakable = (name: string): readonly Child[] =>
  name.split(/(?=[A-Z])/).flatMap((word) => [h('wbr'), word]);

/** Shows data as JSON. */
const dataBlock = (label: string, data: unknown, context: string): HTMLElement =>
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

const tryList = ({ tries, outcome }: Visit): HTMLElement | undefined => {
  const [first] = tries;
  if (tries.length === 1 && first?.error === undefined) return undefined;
  const words = tries.map((taskTry, index) =>
    describeTry(taskTry, index + 1, outcome, index === tries.length - 1),
  );
  return h('ol', { class: 'tries small' }, ...words.map((text) => h('li', {}, text)));
};

const step = (machine: ShownMachine, visit: Visit, index: number): HTMLElement => {
  const { state, enteredAt, input, output } = visit;
  const type = machine.definition.States[state]?.Type;
  const time = took(visit);
  return h(
    'li',
    { class: 'step', 'data-outcome': visit.outcome },
    h('h4', {}, ...breakable(state)),
    h(
      'p',
      { class: 'small quiet' },
      `Entered at ${clockTime(enteredAt)}, ${describeVisit(visit, type)}${time === undefined ? '' : `, took ${time}`}.`,
    ),
    isEnding(type) ? undefined : tryList(visit),
    h(
      'details',
      { 'data-key': `step-${index}` },
      h('summary', { class: 'small' }, 'Data', h('span', { class: 'hidden-text' }, ` of ${state}`)),
      h(
        'div',
        { class: 'stack' },
        dataBlock('Input', input ?? null, state),
        output === undefined ? undefined : dataBlock('Output', output, state),
      ),
    ),
  );
};

const facts = (execution: ShownExecution, visits: readonly Visit[]): HTMLElement => {
  const { name, startedAt, stoppedAt, runs, error, cause } = execution;
  const retries = visits.reduce((sum, visit) => sum + retriesOf(visit), 0);
  const challengeId = challengeIdOf(execution);
  const pairs: readonly (readonly [string, Child])[] = [
    ['Name', name],
    ...(challengeId === undefined
      ? []
      : [['Challenge', h('a', { href: `audit#${challengeId}` }, 'Audit trail')] as const]),
    ['Started', dateTime(startedAt)],
    ...(stoppedAt === undefined ? [] : [['Took', duration(stoppedAt - startedAt)] as const]),
    ['Retries', retries === 0 ? 'none' : String(retries)],
    ...(runs > 1 ? [['Runs', `${runs}: it was under way when the system was restarted`] as const] : []),
    ...(error === undefined ? [] : [['Error', error] as const]),
    ...(cause === undefined || cause === '' ? [] : [['Cause', cause] as const]),
  ];
  return h(
    'dl',
    { class: 'pairs' },
    ...pairs.flatMap(([term, value]) => [h('dt', {}, term), h('dd', {}, value)]),
  );
};

const heading = (execution: ShownExecution): HTMLElement => {
  const { tone, text } = STATUS_WORDS[execution.status];
  return h(
    'div',
    { class: 'row' },
    h('h2', { id: 'detail-title', tabindex: -1 }, `Execution of ${clockTime(execution.startedAt)}`),
    h('span', { class: 'badge', 'data-tone': tone }, text),
  );
};

export const executionDetail = (machine: ShownMachine, execution: ShownExecution): HTMLElement => {
  const visits = tracePath(execution);
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'detail-title', 'data-id': executionId(execution) },
    heading(execution),
    facts(execution, visits),
    h(
      'div',
      { class: 'path' },
      h('div', { class: 'stack' }, h('h3', {}, 'Path'), drawGraph(machine, visits)),
      h(
        'div',
        { class: 'stack' },
        h('h3', {}, 'Steps'),
        h('ol', { class: 'steps' }, ...visits.map((visit, index) => step(machine, visit, index))),
      ),
    ),
    h(
      'div',
      { class: 'stack' },
      h('h3', {}, 'Data of the execution'),
      dataBlock('Input', execution.input, 'the execution'),
      execution.output === undefined ? undefined : dataBlock('Output', execution.output, 'the execution'),
    ),
  );
};

/** Shows the state machine before there is any execution. */
export const machineDetail = (machine: ShownMachine): HTMLElement =>
  h(
    'section',
    { class: 'card', 'aria-labelledby': 'detail-title' },
    h('h2', { id: 'detail-title' }, ...breakable(machine.name)),
    drawGraph(machine, []),
  );
