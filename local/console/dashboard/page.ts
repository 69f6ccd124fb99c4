/** The dashboard page: the template's CloudWatch dashboard, with the metrics that the local system has collected. */
import { byId, h } from '../../../web/kit/element.ts';
import { askLocal } from '../ask-local.ts';
import { onZoneChange } from '../frame/zone.ts';
import { keepLive } from '../live.ts';
import { chosenOtp, showOtpLinks, withOtp } from '../otp-links-view.ts';
import { readDashboard } from './dashboard-body.ts';
import { rangeUntil } from './metrics/time-grid.ts';
import { TIME_SPANS, type TimeSpan, timeSpan } from './time-span.ts';
import type { Shown } from './widgets/chart-data.ts';

interface Widgets {
  show(shown: Shown): void;
  /** Returns how far back the widgets need metrics, in milliseconds. */
  reach(span: TimeSpan): number;
}

/** The longest period of a widget. The first period may begin this much before the range. */
const LONGEST_PERIOD_MS = 3_600_000;
/** How often the page refreshes without new metrics: time goes on, and alarms end. */
const REFRESH_MS = 10_000;

let span = timeSpan(new URLSearchParams(location.search).get('range'));
let widgets: Promise<Widgets> | undefined;

/** The dashboard stays the same as long as the system runs, so its widgets are made once. */
const createWidgets = async (): Promise<Widgets> => {
  const [{ body, alarms }, { createWidgetView }] = await Promise.all([
    askLocal('dashboard.json', chosenOtp),
    import('./widgets/widget-view.ts'),
  ]);
  const views = readDashboard(body).map((placed) => createWidgetView(placed, alarms));
  byId('widgets').replaceChildren(...views.map(({ element }) => element));
  const ofAlarms = alarms.map(({ period, evaluationPeriods }) => period * 1000 * evaluationPeriods);
  return {
    show: (shown) => {
      for (const view of views) view.update(shown);
    },
    reach: ({ ms }) => Math.max(ms, ...ofAlarms) + LONGEST_PERIOD_MS,
  };
};

const show = async (): Promise<void> => {
  widgets ??= createWidgets();
  const made = await widgets.catch((error) => {
    widgets = undefined;
    throw error;
  });
  const { now } = await askLocal('clock.json');
  const metrics = await askLocal('metrics.json', { since: String(now - made.reach(span)) });
  made.show({ metrics, now, span, range: rangeUntil(now, span.ms) });
};

const refresh = keepLive(['metrics', 'faults'], show);
onZoneChange(() => void refresh());
void showOtpLinks('dashboard');
setInterval(() => {
  if (!document.hidden) void refresh();
}, REFRESH_MS);

const choose = (chosen: TimeSpan): void => {
  span = chosen;
  history.replaceState(null, '', withOtp(`dashboard?range=${span.name}`));
  void refresh();
};

byId('spans').append(
  ...TIME_SPANS.map((offered) =>
    h(
      'label',
      { class: 'choice' },
      h('input', {
        type: 'radio',
        name: 'span',
        checked: offered === span,
        onchange: () => choose(offered),
      }),
      `Last ${offered.words}`,
    ),
  ),
);
