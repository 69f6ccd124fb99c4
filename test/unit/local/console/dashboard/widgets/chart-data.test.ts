import { describe, expect, it } from 'vitest';
import type {
  ShownQuery,
  SingleValueWidget,
  TimeSeriesWidget,
} from '../../../../../../local/console/dashboard/dashboard-body.ts';
import type { Query } from '../../../../../../local/console/dashboard/metrics/metric.ts';
import { chartData, singleValues } from '../../../../../../local/console/dashboard/widgets/chart-data.ts';
import {
  describeChart,
  pointWords,
  timeWords,
} from '../../../../../../local/console/dashboard/widgets/chart-words.ts';
import { aMetric, anExpression, aPoint, aStatistic, MINUTE_MS } from '../metrics/a-metric.ts';

const RANGE = { from: 0, to: 5 * MINUTE_MS };
const METRICS = [
  aMetric('Sent', [aPoint(0, 1, 1), aPoint(3 * MINUTE_MS, 1)]),
  aMetric('Failed', [aPoint(3 * MINUTE_MS, 4)]),
];

const shown = (query: Query, changes: Partial<ShownQuery> = {}): ShownQuery => ({
  ...query,
  visible: true,
  side: 'left',
  ...changes,
});

const aChart = (...queries: readonly ShownQuery[]): TimeSeriesWidget => ({
  kind: 'timeSeries',
  title: 'Mails',
  queries,
  annotations: [],
  axes: { left: {}, right: {} },
});

const aNumber = (ofWholeRange: boolean, ...queries: readonly ShownQuery[]): SingleValueWidget => ({
  kind: 'singleValue',
  title: 'Mails',
  queries,
  ofWholeRange,
});

const HIDDEN = shown(aStatistic('Failed'), { visible: false });

describe('a chart', () => {
  it('has the visible queries alone, with gaps where nothing was measured', () => {
    const data = chartData(aChart(shown(aStatistic('Sent')), HIDDEN), METRICS, RANGE);

    expect(data).toEqual({
      times: [0, 1, 2, 3, 4].map((minute) => minute * MINUTE_MS),
      series: [[2, null, null, 1, null]],
      isMeasured: true,
    });
  });

  it('lets periods of different lengths stand side by side', () => {
    const data = chartData(
      aChart(shown(aStatistic('Sent', 'Sum', 120)), shown(aStatistic('Failed'))),
      METRICS,
      RANGE,
    );

    expect(data.series).toEqual([
      [2, undefined, 1, undefined, null],
      [null, null, null, 4, null],
    ]);
  });

  it('in which everything is filled has measured nothing', () => {
    const widget = aChart(shown(anExpression('FILL(failed, 0)')), HIDDEN);

    expect(chartData(widget, [], RANGE)).toMatchObject({ series: [[0, 0, 0, 0, 0]], isMeasured: false });
    expect(chartData(widget, METRICS, RANGE)).toMatchObject({ series: [[0, 0, 0, 4, 0]], isMeasured: true });
  });

  it('says in words what it shows', () => {
    const widget: TimeSeriesWidget = {
      ...aChart(shown(aStatistic('Sent')), shown(aStatistic('Other'))),
      axes: { left: { label: 'mails' }, right: {} },
      annotations: [{ value: 5000, label: 'too many', side: 'left' }],
    };
    const data = chartData(widget, METRICS, RANGE);

    expect(pointWords(widget, data, 0)).toBe('Sent 2, Other –');
    expect(describeChart(widget, data, 'utc')).toMatch(
      /^Chart of Mails in mails\. Newest values: Sent: 1 at \d\d:03 UTC; Other: nothing\. A line at 5,000: too many\.$/,
    );
  });

  it('says the day of a time only where its times are of more than one', () => {
    const at = (...times: readonly number[]) => ({ times, series: [], isMeasured: false });

    expect(timeWords(0, at(), 'utc')).toBe('00:00 UTC');
    expect(timeWords(0, at(0, 1), 'utc')).toBe('00:00 UTC');
    expect(timeWords(0, at(0, 3 * 24 * 60 * MINUTE_MS), 'utc')).toBe('1 Jan 1970, 00:00 UTC');
  });

  it('says no unit where its axis has none', () => {
    const widget = aChart(shown(aStatistic('Other')));

    expect(describeChart(widget, chartData(widget, METRICS, RANGE), 'utc')).toBe(
      'Chart of Mails. Newest values: Other: nothing.',
    );
  });
});

describe('a single value', () => {
  it('is of the whole range where the widget says so', () => {
    expect(singleValues(aNumber(true, shown(aStatistic('Sent')), HIDDEN), METRICS, RANGE)).toEqual([3]);
  });

  it('is of the newest period that has one otherwise', () => {
    expect(singleValues(aNumber(false, shown(aStatistic('Sent'))), METRICS, RANGE)).toEqual([1]);
    expect(singleValues(aNumber(false, shown(aStatistic('Other'))), METRICS, RANGE)).toEqual([undefined]);
  });
});
