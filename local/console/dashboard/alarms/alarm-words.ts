/** An alarm in words: how it stands, and what its description says. */
import type { Alarm } from '../metrics/metric.ts';
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

/** Ours read `[page] A sentence. Runbook: docs/runbooks/<name>.md`; what an alarm lacks of that is left out. */
export const describeAlarm = ({ description }: Pick<Alarm, 'description'>): AlarmDescription => {
  const [, severity, sentence = '', runbook] =
    /^(?:\[(\w+)\] )?(.*?)(?: Runbook: (\S+))?$/s.exec(description) ?? [];
  return {
    sentence,
    ...(severity !== undefined && { severity }),
    ...(runbook !== undefined && { runbook }),
  };
};
