/** Draws a widget's series with uPlot. */
import UPlot from 'uplot';
import { shownZone } from '../../frame/zone.ts';
import { timeIn, zoneName } from '../../frame/zone-times.ts';
import type { Annotation, Side, TimeSeriesWidget } from '../dashboard-body.ts';
import { type ChartData, visibleOf } from './chart-data.ts';
import { annotationsOn, scaleRange, stepsUpTo } from './chart-scales.ts';
import { numberWords } from './chart-words.ts';

/** The colours of the style sheet, which follow the reader's colour scheme. */
export interface ChartColors {
  readonly text: () => string;
  readonly line: () => string;
  readonly ofSeries: (index: number) => string;
}

export interface ChartDrawing {
  /** In CSS pixels. */
  setSize(width: number, height: number): void;
  show(data: ChartData): void;
  /** Draws again after the colours have changed. */
  redraw(): void;
}

const FONT = '12px system-ui, sans-serif';
/** Up to this many values have dots too, so that a single value between gaps is visible. */
const MAX_DOTS = 150;

const sidesOf = (widget: TimeSeriesWidget): readonly Side[] => {
  const used = new Set(visibleOf(widget).map(({ side }) => side));
  return (['left', 'right'] as const).filter((side) => used.has(side));
};

const scaleOf = (widget: TimeSeriesWidget, side: Side): UPlot.Scale => {
  const values = annotationsOn(widget, side).map(({ value }) => value);
  return { range: (_, min, max) => scaleRange(widget.axes[side], values, min, max) };
};

const axisOf = (side: Side, { text, line }: ChartColors): UPlot.Axis => ({
  scale: side,
  side: side === 'left' ? 3 : 1,
  stroke: text,
  font: FONT,
  // Only one side has a grid, because two in one chart would look alike.
  grid: { show: side === 'left', stroke: line, width: 1 },
  ticks: { show: false },
  gap: 6,
  size: (_, values) => 12 + 7 * Math.max(1, ...(values ?? []).map((value) => value.length)),
  incrs: (_, __, ___, max) => stepsUpTo(max),
  values: (_, splits) => splits.map(numberWords),
});

const timeAxis = ({ text, line }: ChartColors): UPlot.Axis => ({
  stroke: text,
  font: FONT,
  grid: { show: false },
  ticks: { stroke: line, width: 1, size: 4 },
  gap: 4,
  size: 28,
  space: 56,
  // The last one has the zone, too.
  values: (_, splits) =>
    splits.map((seconds, index) => {
      const minute = timeIn(seconds * 1000, 'minute', shownZone());
      return index === splits.length - 1 ? `${minute} ${zoneName(seconds * 1000, shownZone())}` : minute;
    }),
});

const drawAnnotation = (chart: UPlot, { value, label, side }: Annotation, color: string): void => {
  const { ctx, bbox } = chart;
  const y = Math.round(chart.valToPos(value, side, true));
  ctx.save();
  ctx.strokeStyle = color;
  ctx.fillStyle = color;
  ctx.lineWidth = UPlot.pxRatio;
  ctx.setLineDash([6 * UPlot.pxRatio, 4 * UPlot.pxRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = `${12 * UPlot.pxRatio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  ctx.fillText(label, bbox.left + 4 * UPlot.pxRatio, y - 2 * UPlot.pxRatio);
  ctx.restore();
};

const seriesOf = (widget: TimeSeriesWidget, { ofSeries }: ChartColors): UPlot.Series[] => {
  const dots = (chart: UPlot, index: number) =>
    (chart.data[index] ?? []).filter((value) => value != null).length <= MAX_DOTS;
  return visibleOf(widget).map(({ side }, index) => {
    const color = () => ofSeries(index);
    return {
      scale: side,
      stroke: color,
      width: 1.5,
      points: { show: dots, size: 6, fill: color },
    };
  });
};

const optionsOf = (
  widget: TimeSeriesWidget,
  colors: ChartColors,
  onPoint: (index: number | null) => void,
): UPlot.Options => {
  const sides = sidesOf(widget);
  const drawAnnotations = (chart: UPlot) => {
    for (const annotation of widget.annotations) {
      drawAnnotation(chart, annotation, annotation.color ?? colors.text());
    }
  };
  return {
    width: 0,
    height: 0,
    padding: [12, 20, 0, 0],
    tzDate: (seconds) => {
      const date = new Date(seconds * 1000);
      return shownZone() === 'utc' ? UPlot.tzDate(date, 'Etc/UTC') : date;
    },
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: {
      x: { time: true },
      ...Object.fromEntries(sides.map((side) => [side, scaleOf(widget, side)])),
    },
    axes: [timeAxis(colors), ...sides.map((side) => axisOf(side, colors))],
    series: [{}, ...seriesOf(widget, colors)],
    hooks: { draw: [drawAnnotations], setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
  };
};

/** Calls `onPoint` with the index of the time under the pointer, and with null when the pointer leaves. */
export const drawChart = (
  widget: TimeSeriesWidget,
  colors: ChartColors,
  parent: HTMLElement,
  onPoint: (index: number | null) => void,
): ChartDrawing => {
  const nothing: UPlot.AlignedData = [[], ...visibleOf(widget).map(() => [])];
  const chart = new UPlot(optionsOf(widget, colors, onPoint), nothing, parent);
  return {
    setSize: (width, height) => chart.setSize({ width, height }),
    show: ({ times, series }) =>
      chart.setData([times.map((time) => time / 1000), ...series.map((values) => [...values])]),
    redraw: () => chart.redraw(false),
  };
};
