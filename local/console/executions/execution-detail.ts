/** Shows one execution: its status, its way through the states, each step with its retries, and its data. */
import { duration } from '../../../shared/words/times.ts';
import { type Child, h } from '../../../web/kit/element.ts';
import { timeElement } from '../frame/zone.ts';
import {
  challengeIdOf,
  executionId,
  type ShownExecution,
  type ShownMachine,
  STATUS_WORDS,
} from './execution.ts';
import { dataBlock, tryList } from './execution-data.ts';
import { describeVisit, isEnding, retriesOf, took, tracePath, type Visit } from './execution-path.ts';
import { drawGraph, lastVisit, type StateChoice } from './graph-drawing.ts';
import { stateDetail } from './state-detail.ts';

/** Makes a state's name that a narrow column breaks only between words. */
const breakable = (name: string): readonly Child[] =>
  name.split(/(?=[A-Z])/).flatMap((word) => [h('wbr'), word]);

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
      'Entered at ',
      timeElement(enteredAt, 'clock'),
      `, ${describeVisit(visit, type)}${time === undefined ? '' : `, took ${time}`}.`,
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
    ['Started', timeElement(startedAt, 'dateTime')],
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
    h('h2', { id: 'detail-title', tabindex: -1 }, 'Execution of ', timeElement(execution.startedAt, 'clock')),
    h('span', { class: 'badge', 'data-tone': tone }, text),
  );
};

/** The chosen state, if there is one. */
const chosenState = (
  machine: ShownMachine,
  visits: readonly Visit[],
  { chosen, choose }: StateChoice,
): HTMLElement | undefined =>
  chosen === undefined
    ? undefined
    : stateDetail(machine, chosen, lastVisit(visits, chosen), () => choose(chosen));

/** Scrolls where there is no room for the whole drawing. */
const graphFrame = (...drawn: Parameters<typeof drawGraph>): HTMLElement =>
  h('div', { class: 'graph-frame' }, drawGraph(...drawn));

export const executionDetail = (
  machine: ShownMachine,
  execution: ShownExecution,
  choice: StateChoice,
): HTMLElement => {
  const visits = tracePath(execution);
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'detail-title', 'data-id': executionId(execution) },
    heading(execution),
    facts(execution, visits),
    h(
      'div',
      { class: 'path' },
      h('div', { class: 'stack' }, h('h3', {}, 'Path'), graphFrame(machine, visits, choice)),
      h(
        'div',
        { class: 'stack' },
        chosenState(machine, visits, choice),
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
export const machineDetail = (machine: ShownMachine, choice: StateChoice): HTMLElement =>
  h(
    'section',
    { class: 'card', 'aria-labelledby': 'detail-title' },
    h('h2', { id: 'detail-title' }, ...breakable(machine.name)),
    h(
      'div',
      { class: 'path' },
      h('div', { class: 'stack' }, graphFrame(machine, [], choice)),
      chosenState(machine, [], choice),
    ),
  );
