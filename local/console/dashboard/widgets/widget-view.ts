/** Shows one widget of the dashboard in its place. Loaded as a separate chunk, with the library for charts. */
import { h } from '../../../../web/kit/element.ts';
import type { KeyedRow } from '../../../../web/kit/keyed-list.ts';
import { createAlarmView } from '../alarms/alarm-view.ts';
import type { Place, PlacedWidget, Widget } from '../dashboard-body.ts';
import type { ShownAlarm } from '../metrics/metric.ts';
import type { Shown } from './chart-data.ts';
import { createChartView } from './chart-view.ts';
import { createSingleValueView } from './single-value-view.ts';

/** A chunk of its own, because the runbooks need it too. */
const { markdownElements } = await import('../../markdown.ts');

const textView = (markdown: string): KeyedRow<Shown> => ({
  element: h('section', { class: 'widget text-widget' }, ...markdownElements(markdown)),
  update: () => {},
});

const viewOf = (widget: Widget, alarms: readonly ShownAlarm[]): KeyedRow<Shown> => {
  switch (widget.kind) {
    case 'text':
      return textView(widget.markdown);
    case 'timeSeries':
      return createChartView(widget);
    case 'singleValue':
      return createSingleValueView(widget);
    case 'alarms':
      return createAlarmView(widget, alarms);
  }
};

/** Sets properties for the style sheet's grid. The page's policy would refuse a style attribute. */
const putAt = ({ style }: HTMLElement, place: Place): void => {
  for (const [name, units] of Object.entries(place)) style.setProperty(`--${name}`, String(units));
};

export const createWidgetView = (
  { place, widget }: PlacedWidget,
  alarms: readonly ShownAlarm[],
): KeyedRow<Shown> => {
  const view = viewOf(widget, alarms);
  putAt(view.element, place);
  return view;
};
