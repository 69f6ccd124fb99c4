/** Shows a widget of alarms: the state of each, and its description and runbook once somebody opens it. */
import { h, setText } from '../../../../web/kit/element.ts';
import type { KeyedRow } from '../../../../web/kit/keyed-list.ts';
import { runbookAt, runbookPath } from '../../runbooks/runbook.ts';
import type { AlarmWidget } from '../dashboard-body.ts';
import type { ShownAlarm } from '../metrics/metric.ts';
import type { Shown } from '../widgets/chart-data.ts';
import { type AlarmState, alarmState } from './alarm.ts';
import { describeAlarm, STATE_WORDS } from './alarm-words.ts';

/** A path that is no runbook of ours is one of the app's own. */
const runbookLink = (path: string): HTMLElement => {
  const name = runbookAt(path);
  return name === undefined ? h('code', {}, path) : h('a', { href: runbookPath(name) }, name);
};

const meaningOf = (alarm: ShownAlarm): HTMLElement => {
  const { severity, sentence, runbook } = describeAlarm(alarm);
  return h(
    'div',
    { class: 'tight small' },
    h('p', {}, sentence),
    severity === undefined ? undefined : h('p', { class: 'quiet' }, `Severity: ${severity}`),
    runbook === undefined ? undefined : h('p', { class: 'quiet to' }, 'Runbook: ', runbookLink(runbook)),
  );
};

/** Opens by itself when the alarm goes off. */
const alarmItem = (alarm: ShownAlarm): KeyedRow<AlarmState> => {
  const badge = h('span', { class: 'badge' });
  const details = h(
    'details',
    {},
    h('summary', {}, badge, ' ', h('span', { class: 'to' }, alarm.name)),
    meaningOf(alarm),
  );
  return {
    element: h('li', {}, details),
    update: (state) => {
      const { tone, text } = STATE_WORDS[state];
      if (state === 'ALARM' && badge.dataset.tone !== tone) details.open = true;
      badge.dataset.tone = tone;
      setText(badge, text);
    },
  };
};

export const createAlarmView = (
  { title, alarmArns }: AlarmWidget,
  alarms: readonly ShownAlarm[],
): KeyedRow<Shown> => {
  const shown = alarmArns
    .flatMap((arn) => alarms.find((alarm) => alarm.arn === arn) ?? [])
    .map((alarm) => ({ alarm, item: alarmItem(alarm) }));
  return {
    element: h(
      'article',
      { class: 'card widget', 'aria-label': title },
      h('h3', {}, title),
      h('ul', { class: 'alarms' }, ...shown.map(({ item }) => item.element)),
    ),
    update: ({ metrics, now }) => {
      for (const { alarm, item } of shown) item.update(alarmState(alarm, metrics, now));
    },
  };
};
