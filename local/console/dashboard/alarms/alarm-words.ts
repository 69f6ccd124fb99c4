/** Describes an alarm in words: its state, and the parts of its description. */
import type { ShownAlarm } from '../metrics/metric.ts';
import type { AlarmState } from './alarm.ts';

export const STATE_WORDS = {
  OK: { tone: 'good', text: 'OK' },
  ALARM: { tone: 'bad', text: 'In alarm' },
  INSUFFICIENT_DATA: { tone: 'plain', text: 'Insufficient data' },
} as const satisfies Readonly<Record<AlarmState, { readonly tone: string; readonly text: string }>>;

export interface AlarmDescription {
  /** `page` or `ticket`. */
  readonly severity?: string;
  readonly sentence: string;
  /** A path in the repository. */
  readonly runbook?: string;
}

/** Reads `[page] A sentence. Runbook: docs/runbooks/<name>.md`, the form of our alarms. A missing part is left out. */
export const describeAlarm = ({ description }: Pick<ShownAlarm, 'description'>): AlarmDescription => {
  const [, severity, sentence = '', runbook] =
    /^(?:\[(\w+)\] )?(.*?)(?: Runbook: (\S+))?$/s.exec(description) ?? [];
  return {
    sentence,
    ...(severity !== undefined && { severity }),
    ...(runbook !== undefined && { runbook }),
  };
};
