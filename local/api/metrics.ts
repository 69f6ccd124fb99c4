/** The collected metrics, or the newer part of them, for the page that draws them. */
import type { Metric } from '../engines/metrics/metric.ts';
import { AwsError } from '../ground/service.ts';

const readSince = (text: string | null): number => {
  if (text === null) return 0;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new AwsError('ValidationException', 'since: epoch milliseconds');
};

/** `path` may say `since`: points of earlier minutes are left out, and metrics that have no other. Throws ValidationException. */
export const readMetrics = (all: readonly Metric[], path: string): readonly Metric[] => {
  const since = readSince(new URL(path, 'http://localhost').searchParams.get('since'));
  return all
    .map((metric) => ({ ...metric, points: metric.points.filter(({ at }) => at >= since) }))
    .filter(({ points }) => points.length > 0);
};
