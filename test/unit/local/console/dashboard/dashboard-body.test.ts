import { describe, expect, it } from 'vitest';
import { type BodyWidget, readDashboard } from '../../../../../local/console/dashboard/dashboard-body.ts';

const PLACE = { x: 0, y: 0, width: 6, height: 6 };

const read = (type: string, properties: BodyWidget['properties']) =>
  readDashboard({ widgets: [{ type, ...PLACE, properties }] })[0]?.widget;

const SENT = ['Otp', 'Sent', 'service', 'a', 'reason', 'b'] as const;

describe('a widget', () => {
  it('with lines has queries, axes and annotations', () => {
    const widget = read('metric', {
      view: 'timeSeries',
      title: 'Mails',
      metrics: [
        [...SENT, { label: 'sent', period: 60, stat: 'p95', color: '#1f77b4' }],
        [{ label: 'share', expression: '100 * failed / all', yAxis: 'right' }],
        ['Otp', 'Failed', { id: 'failed', visible: false }],
      ],
      annotations: { horizontal: [{ value: 5, label: 'too many', color: '#d62728', yAxis: 'left' }] },
      yAxis: { left: { min: 0, label: 'mails' } },
    });

    expect(widget).toEqual({
      kind: 'timeSeries',
      title: 'Mails',
      axes: { left: { min: 0, label: 'mails' }, right: {} },
      annotations: [{ value: 5, label: 'too many', side: 'left', color: '#d62728' }],
      queries: [
        {
          label: 'sent',
          visible: true,
          side: 'left',
          color: '#1f77b4',
          source: {
            kind: 'statistic',
            namespace: 'Otp',
            name: 'Sent',
            dimensions: { service: 'a', reason: 'b' },
            stat: 'p95',
            period: 60,
          },
        },
        {
          label: 'share',
          visible: true,
          side: 'right',
          source: { kind: 'expression', expression: '100 * failed / all' },
        },
        {
          id: 'failed',
          label: 'Failed',
          visible: false,
          side: 'left',
          source: {
            kind: 'statistic',
            namespace: 'Otp',
            name: 'Failed',
            dimensions: {},
            stat: 'Average',
            period: 300,
          },
        },
      ],
    });
  });

  it('gives its period and statistic to metrics that have none of their own', () => {
    const widget = read('metric', {
      metrics: [SENT, [...SENT, { period: 60, stat: 'p95' }]],
      period: 3600,
      stat: 'Maximum',
    });

    const sources = widget?.kind === 'timeSeries' ? widget.queries.map(({ source }) => source) : [];
    expect(sources).toEqual([
      expect.objectContaining({ period: 3600, stat: 'Maximum' }),
      expect.objectContaining({ period: 60, stat: 'p95' }),
    ]);
  });

  it('with numbers says of what time they are', () => {
    const numbers = { view: 'singleValue', metrics: [SENT] };

    expect(read('metric', { ...numbers, setPeriodToTimeRange: true })).toHaveProperty('ofWholeRange', true);
    expect(read('metric', numbers)).toHaveProperty('ofWholeRange', false);
  });

  it('may be a text, or a list of alarms', () => {
    expect(read('text', { markdown: '# Mails' })).toEqual({ kind: 'text', markdown: '# Mails' });
    expect(read('alarm', { title: 'Alarms', alarms: ['arn:a'] })).toEqual({
      kind: 'alarms',
      title: 'Alarms',
      alarmArns: ['arn:a'],
    });
  });

  it('comes in reading order, where it stands', () => {
    const at = (x: number, y: number): BodyWidget => ({
      type: 'text',
      ...{ x, y, width: 12, height: 2 },
      properties: { markdown: `${x} ${y}` },
    });

    const placed = readDashboard({ widgets: [at(12, 2), at(0, 2), at(12, 0), at(0, 0)] });

    expect(placed.map(({ place: { x, y } }) => [x, y])).toEqual([
      [0, 0],
      [12, 0],
      [0, 2],
      [12, 2],
    ]);
    expect(placed[3]).toEqual({
      place: { x: 12, y: 2, width: 12, height: 2 },
      widget: { kind: 'text', markdown: '12 2' },
    });
  });

  it.each([
    ['explorer', 'timeSeries'],
    ['metric', 'pie'],
    ['log', 'table'],
  ])('that the page cannot draw is refused by name: %s, %s', (type, view) => {
    expect(() => read(type, { view })).toThrow(`of the type ${type} with the view ${view}`);
  });
});
