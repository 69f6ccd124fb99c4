/** One switch, with the number that belongs to it. */
import { byId, h } from '../../../web/kit/element.ts';
import {
  type FaultDescription,
  type Faults,
  type FaultValue,
  isOn,
  offValue,
  readSetting,
} from './fault-catalogue.ts';

export interface FaultCard {
  readonly element: HTMLElement;
  /** Shows the state that the system is in. */
  show(faults: Faults): void;
}

export interface FaultActions {
  set(name: string, value: FaultValue): void;
  refuse(problem: string): void;
}

const numberField = (fault: FaultDescription, commit: () => void): HTMLInputElement | undefined =>
  fault.setting &&
  h('input', {
    id: `${fault.name}-number`,
    type: 'number',
    inputmode: 'numeric',
    min: fault.setting.min,
    max: fault.setting.max,
    step: 1,
    value: fault.setting.on,
    onchange: commit,
  });

export const createFaultCard = (fault: FaultDescription, { set, refuse }: FaultActions): FaultCard => {
  const { name, title, does, watch, setting } = fault;
  const commit = () => {
    field?.removeAttribute('aria-invalid');
    if (!toggle.checked) return set(name, offValue(fault));
    if (setting === undefined || field === undefined) return set(name, true);
    const read = readSetting(setting, field.value);
    if ('value' in read) return set(name, read.value);
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
        h('p', { class: 'quiet' }, watch),
      ),
    ),
    setting &&
      field &&
      h(
        'div',
        { class: 'field' },
        h('label', { for: field.id }, setting.label, h('span', { class: 'hidden-text' }, ` (${title})`)),
        field,
      ),
  );
  return {
    element,
    show: (faults) => {
      toggle.checked = isOn(fault, faults);
      element.dataset.on = String(toggle.checked);
      // A number that is being typed is left alone.
      if (field && toggle.checked && document.activeElement !== field) field.value = String(faults[name]);
    },
  };
};

export const showCards = (cards: readonly FaultCard[], faults: Faults): void => {
  for (const card of cards) card.show(faults);
  byId<HTMLButtonElement>('all-off').disabled = cards.every(({ element }) => element.dataset.on !== 'true');
};
