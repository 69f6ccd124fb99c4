/** Shows one state of a machine: what it is, how its last visit went, and its definition. */
import { h } from '../../../web/kit/element.ts';
import { timeElement } from '../frame/zone.ts';
import type { ShownMachine } from './execution.ts';
import { dataBlock, tryList } from './execution-data.ts';
import { describeVisit, isEnding, type Visit } from './execution-path.ts';

const lastVisitOf = (visit: Visit | undefined, type: string | undefined): HTMLElement =>
  visit === undefined
    ? h('p', { class: 'small quiet' }, 'Not entered.')
    : h(
        'p',
        { class: 'small quiet' },
        'Last entered at ',
        timeElement(visit.enteredAt, 'clock'),
        `, ${describeVisit(visit, type)}.`,
      );

/** `visit` is the last one. `close` is called when somebody is done with it. */
export const stateDetail = (
  { definition }: ShownMachine,
  state: string,
  visit: Visit | undefined,
  close: () => void,
): HTMLElement => {
  const found = definition.States[state];
  const type = found?.Type;
  return h(
    'section',
    { class: 'state-detail stack', 'aria-labelledby': 'state-title' },
    h(
      'div',
      { class: 'row' },
      h('h3', { id: 'state-title' }, `State ${state}`),
      h('span', { class: 'badge' }, type ?? ''),
      h('button', { type: 'button', class: 'link small', onclick: close }, 'Close'),
    ),
    lastVisitOf(visit, type),
    visit === undefined || isEnding(type) ? undefined : tryList(visit),
    visit === undefined ? undefined : dataBlock('Last input', visit.input ?? null, state),
    visit?.output === undefined ? undefined : dataBlock('Last output', visit.output, state),
    dataBlock('Definition', found ?? null, state),
  );
};
