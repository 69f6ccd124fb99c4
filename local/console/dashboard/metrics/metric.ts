/** Metrics as the local system tells of them, and what a widget or an alarm asks of them. */
import type { LocalAnswers } from '../../../api/types.ts';

export type Metric = LocalAnswers['metrics.json'][number];
export type Dimensions = Metric['dimensions'];
export type MetricPoint = Metric['points'][number];

export type Alarm = LocalAnswers['dashboard.json']['alarms'][number];
/** A statistic of a metric, or metric math over other queries, which know it by its id. */
export type Query = Alarm['queries'][number];
export type QuerySource = Query['source'];
