/** Shows a widget of a few large numbers. */
import { h, setText } from '../../../../web/kit/element.ts';
import type { KeyedRow } from '../../../../web/kit/keyed-list.ts';
import type { SingleValueWidget } from '../dashboard-body.ts';
import { type Shown, singleValues, visibleOf } from './chart-data.ts';
import { numberWords } from './chart-words.ts';

export const createSingleValueView = (widget: SingleValueWidget): KeyedRow<Shown> => {
  const numbers = visibleOf(widget).map(({ label }) => ({ label, value: h('dd', { class: 'digits' }) }));
  const unmeasured = h('p', { class: 'small quiet' });
  return {
    element: h(
      'article',
      { class: 'card widget', 'aria-label': widget.title },
      h('h3', {}, widget.title),
      h(
        'dl',
        { class: 'numbers' },
        ...numbers.map(({ label, value }) => h('div', {}, h('dt', {}, label), value)),
      ),
      unmeasured,
    ),
    update: ({ metrics, range, span }) => {
      const values = singleValues(widget, metrics, range);
      for (const [index, { value }] of numbers.entries()) setText(value, numberWords(values[index]));
      const isEmpty = values.every((value) => value === undefined);
      setText(unmeasured, isEmpty ? `Nothing was measured in the last ${span.words}.` : '');
    },
  };
};
