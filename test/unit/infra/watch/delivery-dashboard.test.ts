import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { DeliveryAlarms } from '../../../../infra/watch/delivery-alarms.ts';
import { DeliveryDashboard } from '../../../../infra/watch/delivery-dashboard.ts';
import { METRICS } from '../../../../shared/lambda/metric-names.ts';
import { aWatchedStack } from './a-watched.ts';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly markdown?: string;
    readonly view?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
  };
}

const until = '2027-03-31T00:00:00.000Z';

const synthesize = (clients: readonly string[]) => {
  const { stack, watched } = aWatchedStack();
  const { all: alarms } = new DeliveryAlarms(stack, 'DeliveryAlarms', watched);
  const reportingClients = Object.fromEntries(clients.map((id) => [id, { until }]));
  new DeliveryDashboard(stack, 'DeliveryDashboard', { ...watched, alarms, reportingClients });
  return { alarms, template: Template.fromStack(stack) };
};
const { alarms, template } = synthesize(['client1', 'client2']);

/** The body as CloudWatch gets it. The values of references do not matter here. */
const bodyText = (of = template): string => {
  const [dashboard] = Object.values(of.findResources('AWS::CloudWatch::Dashboard'));
  const body = dashboard?.Properties.DashboardBody;
  if (typeof body === 'string') return body;
  const parts = body['Fn::Join'][1] as readonly unknown[];
  return parts.map((part) => (typeof part === 'string' ? part : 'reference')).join('');
};

const widgets: readonly Widget[] = JSON.parse(bodyText()).widgets;

describe('the dashboard', () => {
  it('begins with the alarms, all of them', () => {
    const status = widgets.find(({ type }) => type === 'alarm');

    expect(status?.y).toBe(2);
    expect(status?.properties.alarms).toHaveLength(alarms.length);
  });

  it('begins each row with how to read it', () => {
    const rows = Object.values(Object.groupBy(widgets, ({ y }) => y)) as Widget[][];
    const kinds = rows.map((row) => row.every(({ type }) => type === 'text'));

    expect(kinds).toEqual(kinds.map((_, n) => n % 2 === 0));
    for (const { properties } of widgets.filter(({ type }) => type === 'text')) {
      expect(properties.markdown).toMatch(/^## .+\n.{60,}$/);
    }
  });

  it.each(['wrong', 'expired', 'replaced', 'reused', 'locked', 'too many mails', 'too many orders'])(
    'says what the series "%s" is',
    (label) => {
      const texts = widgets.map(({ properties }) => properties.markdown ?? '').join('\n');

      expect(texts).toMatch(new RegExp(`\\*\\*(?:Refused, )?${label}\\*\\*`, 'i'));
    },
  );

  it('fills the width, row by row, and nothing overlaps', () => {
    const rows = Object.values(Object.groupBy(widgets, ({ y }) => y)) as Widget[][];

    for (const row of rows) {
      expect(row.reduce((width, widget) => width + widget.width, 0)).toBe(24);
      expect(row.map(({ x }) => x)).toEqual(row.map(({ width }, n) => n * width));
    }
  });

  it('shows every metric that our functions emit', () => {
    const shown = widgets.flatMap(({ properties }) =>
      (properties.metrics ?? []).filter(([namespace]) => namespace === 'Otp').map(([, name]) => name),
    );

    expect([...new Set(shown)].toSorted()).toEqual(Object.keys(METRICS).toSorted());
  });

  it('shows the sign-ins without a code of each client that may have them, and no row for them without such a client', () => {
    const row = widgets.find(({ properties }) =>
      properties.markdown?.startsWith('## Sign-ins without a code'),
    );
    const ofClients = widgets.flatMap(({ properties }) =>
      (properties.metrics ?? []).filter(([, name]) => name === 'TokensReported'),
    );

    expect(row).toBeDefined();
    expect(ofClients.map(([, , , client]) => client)).toEqual(['client1', 'client2', 'client1', 'client2']);
    expect(bodyText(synthesize([]).template)).not.toMatch(/TokensReported|without a code/);
  });

  it('has only what the console draws too: texts, alarms, lines and numbers, with arithmetic and FILL', () => {
    const expressions = widgets.flatMap(({ properties }) =>
      (properties.metrics ?? []).flatMap(
        ([first]) => (first as { readonly expression?: string }).expression ?? [],
      ),
    );

    expect(new Set(widgets.map(({ type }) => type))).toEqual(new Set(['text', 'alarm', 'metric']));
    const views = widgets.flatMap(({ type, properties }) => (type === 'metric' ? properties.view : []));
    expect(new Set(views)).toEqual(new Set(['timeSeries', 'singleValue']));
    for (const expression of expressions) {
      expect(expression.replaceAll(/FILL\(\w+, 0\)/g, '1')).toMatch(/^[\w\s.+\-*/()]+$/);
    }
  });

  it('has only ASCII letters, because `cdk diff` reports all others as changed each time', () => {
    expect(bodyText()).toMatch(/^[ -~]+$/);
  });

  it('is within what CloudWatch takes: 500 metrics on a graph, 2500 on a dashboard', () => {
    const counts = widgets.map(({ properties }) => properties.metrics?.length ?? 0);

    expect(Math.max(...counts)).toBeLessThanOrEqual(500);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(2500);
  });
});
