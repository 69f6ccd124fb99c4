/** Metrics as the local system tells of them, and what a widget or an alarm asks of them. */
import type { LocalAnswers } from '../../../api/types.ts';

export type ShownMetric = LocalAnswers['metrics.json'][number];
export type ShownDimensions = ShownMetric['dimensions'];
export type ShownPoint = ShownMetric['points'][number];

export type ShownAlarm = LocalAnswers['dashboard.json']['alarms'][number];
/** A statistic of a metric, or metric math over other queries, which know it by its id. */
export type Query = ShownAlarm['queries'][number];
export type QuerySource = Query['source'];
