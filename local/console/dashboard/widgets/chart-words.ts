/** Describes a chart in words, for people who do not see it. */
import { dayIn, timeIn, type Zone, zoneName } from '../../frame/zone-times.ts';
import type { TimeSeriesWidget } from '../dashboard-body.ts';
import { type ChartData, visibleOf } from './chart-data.ts';

const NUMBER = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** `1,234.57`, or a dash if there is no value. */
export const numberWords = (value: number | null | undefined): string =>
  value === undefined || value === null ? '–' : NUMBER.format(value);

/** Writes a time of the chart and its zone, with the day if the chart spans several days. */
export const timeWords = (time: number, { times }: ChartData, zone: Zone): string => {
  const days = new Set([times[0], times.at(-1)].map((at = time) => dayIn(at, zone)));
  const minute = `${timeIn(time, 'minute', zone)} ${zoneName(time, zone)}`;
  return days.size > 1 ? `${dayIn(time, zone)}, ${minute}` : minute;
};

/** Returns the values at one of the times, for instance `sent 3, delivered –`. */
export const pointWords = (widget: TimeSeriesWidget, { series }: ChartData, index: number): string =>
  visibleOf(widget)
    .map(({ label }, at) => `${label} ${numberWords(series[at]?.[index])}`)
    .join(', ');

const newest = (label: string, data: ChartData, values: ChartData['series'][number], zone: Zone): string => {
  const index = values.findLastIndex((value) => value !== null && value !== undefined);
  const time = data.times[index];
  return time === undefined
    ? `${label}: nothing`
    : `${label}: ${numberWords(values[index])} at ${timeWords(time, data, zone)}`;
};

/** Returns the newest value of each series, and the annotations. */
export const describeChart = (widget: TimeSeriesWidget, data: ChartData, zone: Zone): string => {
  const { title, axes, annotations } = widget;
  const unit = axes.left.label === undefined ? '' : ` in ${axes.left.label}`;
  const values = visibleOf(widget).map(({ label }, index) =>
    newest(label, data, data.series[index] ?? [], zone),
  );
  const lines = annotations.map(({ value, label }) => `A line at ${numberWords(value)}: ${label}.`);
  return [`Chart of ${title}${unit}. Newest values: ${values.join('; ')}.`, ...lines].join(' ');
};
