/** The types of metrics that the local system serves, and of the queries of widgets and alarms. */
import type { LocalAnswers } from '../../../api/types.ts';

export type ShownMetric = LocalAnswers['metrics.json'][number];
export type ShownDimensions = ShownMetric['dimensions'];
export type ShownPoint = ShownMetric['points'][number];

export type ShownAlarm = LocalAnswers['dashboard.json']['alarms'][number];
/** A statistic of a metric, or metric math over other queries. Expressions use a query by its id. */
export type Query = ShownAlarm['queries'][number];
export type QuerySource = Query['source'];
