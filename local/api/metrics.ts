/** Reads the collected metrics, or the newer part of them, for the page that draws them. */
import type { Metric } from '../engines/metrics/metric.ts';
import { AwsError } from '../ground/service.ts';
import type { LocalQueries } from './types.ts';

const readSince = (text = '0'): number => {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new AwsError('ValidationException', 'since: epoch milliseconds');
};

/** Throws ValidationException. */
export const readMetrics = (
  all: readonly Metric[],
  query: LocalQueries['metrics.json'],
): readonly Metric[] => {
  const since = readSince(query.since);
  return all
    .map((metric) => ({ ...metric, points: metric.points.filter(({ at }) => at >= since) }))
    .filter(({ points }) => points.length > 0);
};
