/** Shows a widget with a chart: its legend, the values under the pointer, and on request a table of its numbers. */
import { h, setText } from '../../../../web/kit/element.ts';
import type { KeyedRow } from '../../../../web/kit/keyed-list.ts';
import { shownZone } from '../../frame/zone.ts';
import type { ShownQuery, TimeSeriesWidget } from '../dashboard-body.ts';
import { type ChartData, chartData, type Shown, visibleOf } from './chart-data.ts';
import { type ChartColors, type ChartDrawing, drawChart } from './chart-drawing.ts';
import { describeChart, pointWords, timeWords } from './chart-words.ts';
import { valuesTable } from './values-table.ts';

/** The number of colours in the style sheet. Further series begin again with the first. */
const COLORS = 8;

const legendItem = ({ label, color }: ShownQuery, index: number) => {
  const swatch = h('span', { class: 'swatch', 'data-color': (index % COLORS) + 1 });
  if (color !== undefined) swatch.style.setProperty('color', color);
  return { swatch, item: h('li', {}, swatch, label) };
};

/** Reads the current colours of the style sheet. */
const colorsOf = (picture: HTMLElement, swatches: readonly HTMLElement[]): ChartColors => ({
  text: () => getComputedStyle(picture).color,
  line: () => getComputedStyle(picture).borderTopColor,
  ofSeries: (index) => getComputedStyle(swatches[index] ?? picture).color,
});

/** Gives the drawing the size of its box, at first and after each change. */
const keepSized = (box: HTMLElement, drawing: ChartDrawing): void =>
  new ResizeObserver(() => {
    if (box.clientWidth > 0) drawing.setSize(box.clientWidth, box.clientHeight);
  }).observe(box);

const keepColored = (drawing: ChartDrawing): void =>
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawing.redraw());

const createParts = (widget: TimeSeriesWidget) => {
  const { title, axes } = widget;
  const legend = visibleOf(widget).map(legendItem);
  const picture = h('div', { class: 'chart', role: 'img' });
  const numbers = h('div', {
    class: 'chart-values',
    tabindex: 0,
    role: 'region',
    'aria-label': `Values of ${title}`,
  });
  const unmeasured = h('p', { class: 'quiet small unmeasured' });
  const pointed = h('p', { class: 'chart-pointed small digits', 'aria-hidden': 'true' });
  const toggle = h(
    'button',
    { type: 'button', class: 'link small', 'aria-pressed': 'false' },
    'Values',
    h('span', { class: 'hidden-text' }, ` of ${title}`),
  );
  const units = [axes.left.label, axes.right.label].map((label = '') => h('span', {}, label));
  const element = h(
    'article',
    { class: 'card widget', 'aria-label': title },
    h('div', { class: 'widget-head' }, h('h3', {}, title), toggle),
    h('p', { class: 'small quiet units' }, ...units),
    h('div', { class: 'plot' }, picture, pointed, numbers, unmeasured),
    h('ul', { class: 'legend small' }, ...legend.map(({ item }) => item)),
  );
  return {
    element,
    picture,
    numbers,
    unmeasured,
    pointed,
    toggle,
    swatches: legend.map(({ swatch }) => swatch),
  };
};

export const createChartView = (widget: TimeSeriesWidget): KeyedRow<Shown> => {
  const { element, picture, numbers, unmeasured, pointed, toggle, swatches } = createParts(widget);
  let data: ChartData = { times: [], series: [], isMeasured: false };
  let showsNumbers = false;

  const point = (index: number | null) => {
    const time = index === null ? undefined : data.times[index];
    setText(
      pointed,
      time === undefined || index === null
        ? ''
        : `${timeWords(time, data, shownZone())}: ${pointWords(widget, data, index)}`,
    );
  };
  const drawing = drawChart(widget, colorsOf(picture, swatches), picture, point);
  keepSized(picture, drawing);
  keepColored(drawing);

  const arrange = () => {
    picture.hidden = showsNumbers || !data.isMeasured;
    numbers.hidden = !showsNumbers || !data.isMeasured;
    unmeasured.hidden = data.isMeasured;
    toggle.disabled = !data.isMeasured;
    if (!numbers.hidden) numbers.replaceChildren(valuesTable(widget, data, shownZone()));
  };
  toggle.addEventListener('click', () => {
    showsNumbers = !showsNumbers;
    toggle.setAttribute('aria-pressed', String(showsNumbers));
    arrange();
  });

  return {
    element,
    update: ({ metrics, range, span }) => {
      data = chartData(widget, metrics, range);
      setText(unmeasured, `Nothing was measured in the last ${span.words}.`);
      picture.setAttribute('aria-label', describeChart(widget, data, shownZone()));
      arrange();
      drawing.show(data);
    },
  };
};
