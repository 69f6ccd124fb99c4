/** Emits the service's metrics in CloudWatch's embedded metric format: each is a log line, without a call. */
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { ReportKind } from '../domain/challenge.ts';
import { METRICS, type MetricName, type SendTryReason } from './metric-names.ts';

/** A second dimension. It takes few values: the reasons are a list, and the clients are those that the deployment names. */
export type Dimension =
  | { readonly reason: SendTryReason }
  | { readonly client: string }
  | { readonly kind: ReportKind };

/** Emits values. */
export type Measure = (values: Readonly<Partial<Record<MetricName, number>>>, dimension?: Dimension) => void;

/**
 * `service` is the function's name. It is the only dimension by default, because AWS bills each further value as a metric. `at` is
 * the time that the values are of, if it is not that of their measuring.
 */
export const createMeasure = (service: string, namespace: string, at?: Date): Measure => {
  const metrics = new Metrics({ namespace, serviceName: service });
  return (values, dimension) => {
    for (const [name, value] of Object.entries(values)) {
      metrics.addMetric(name, METRICS[name as MetricName], value);
    }
    for (const [name, value] of Object.entries(dimension ?? {})) metrics.addDimension(name, value);
    if (at !== undefined) metrics.setTimestamp(at);
    metrics.publishStoredMetrics();
  };
};
