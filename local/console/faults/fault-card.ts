/** Shows the switch of one fault, with its number. */
import { byId, h } from '../../../web/kit/element.ts';
import type { FaultChange } from '../../api/types.ts';
import { type FaultSettings, type FaultSwitch, isOn, lowestOn, offValue, readNumber } from './fault.ts';

export interface FaultCard {
  readonly element: HTMLElement;
  /** Shows how the fault is set in the system. */
  show(faults: FaultSettings): void;
}

export interface FaultActions {
  change(change: FaultChange): void;
  refuse(problem: string): void;
}

const numberField = (fault: FaultSwitch, commit: () => void): HTMLInputElement | undefined =>
  fault.number &&
  h('input', {
    id: `${fault.name}-number`,
    type: 'number',
    inputmode: 'numeric',
    min: lowestOn(fault.number),
    max: fault.number.max,
    step: 1,
    value: fault.number.on,
    onchange: commit,
  });

export const createFaultCard = (fault: FaultSwitch, { change, refuse }: FaultActions): FaultCard => {
  const { name, title, does, holds, number } = fault;
  const set = (value: number | boolean) => change({ [name]: value });
  const commit = () => {
    field?.removeAttribute('aria-invalid');
    if (!toggle.checked) return set(offValue(fault));
    if (number === undefined || field === undefined) return set(true);
    const read = readNumber(number, field.value);
    if ('value' in read) return set(read.value);
    field.setAttribute('aria-invalid', 'true');
    toggle.checked = false;
    refuse(`${title}. ${read.problem}`);
  };
  const toggle = h('input', {
    type: 'checkbox',
    role: 'switch',
    id: name,
    'aria-describedby': `${name}-words`,
    onchange: commit,
  });
  const field = numberField(fault, () => {
    if (toggle.checked) commit();
  });
  const element = h(
    'div',
    { class: 'card fault' },
    h(
      'div',
      { class: 'tight' },
      h('label', { class: 'switch' }, toggle, title),
      h(
        'div',
        { id: `${name}-words`, class: 'fault-words' },
        h('p', {}, does),
        h('p', { class: 'quiet' }, holds),
      ),
    ),
    number &&
      field &&
      h(
        'div',
        { class: 'field' },
        h('label', { for: field.id }, number.label, h('span', { class: 'hidden-text' }, ` (${title})`)),
        field,
      ),
  );
  return {
    element,
    show: (faults) => {
      toggle.checked = isOn(fault, faults);
      element.dataset.on = String(toggle.checked);
      // Does not overwrite a number while somebody types it.
      if (field && toggle.checked && document.activeElement !== field) field.value = String(faults[name]);
    },
  };
};

export const showCards = (cards: readonly FaultCard[], faults: FaultSettings): void => {
  for (const card of cards) card.show(faults);
  byId<HTMLButtonElement>('all-off').disabled = cards.every(({ element }) => element.dataset.on !== 'true');
};
