/** Makes a table of a chart's numbers. */
import { h } from '../../../../web/kit/element.ts';
import type { Zone } from '../../frame/zone-times.ts';
import type { TimeSeriesWidget } from '../dashboard-body.ts';
import { type ChartData, visibleOf } from './chart-data.ts';
import { numberWords, timeWords } from './chart-words.ts';

/** Newest first; leaves out times without a value. */
export const valuesTable = (widget: TimeSeriesWidget, data: ChartData, zone: Zone): HTMLElement => {
  const { times, series } = data;
  const rows = times
    .map((time, index) => ({ time, values: series.map((values) => values[index]) }))
    .filter(({ values }) => values.some((value) => value !== null && value !== undefined))
    .toReversed();
  return h(
    'table',
    { class: 'values small digits' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, 'From'),
        ...visibleOf(widget).map(({ label }) => h('th', { scope: 'col' }, label)),
      ),
    ),
    h(
      'tbody',
      {},
      ...rows.map(({ time, values }) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, timeWords(time, data, zone)),
          ...values.map((value) => h('td', {}, numberWords(value))),
        ),
      ),
    ),
  );
};
