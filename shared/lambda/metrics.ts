/** Emits the service's metrics in CloudWatch's embedded metric format: each is a log line, without a call. */
import { Metrics } from '@aws-lambda-powertools/metrics';
import { METRICS, type MetricName, type SendTryReason } from './metric-names.ts';

/** Emits values. `reason` becomes a dimension, so it is one of a few words. */
export type Measure = (values: Readonly<Partial<Record<MetricName, number>>>, reason?: SendTryReason) => void;

/** `service` is the function's name. It is the only dimension by default, because AWS bills each further value as a metric. */
export const createMeasure = (service: string, namespace: string): Measure => {
  const metrics = new Metrics({ namespace, serviceName: service });
  return (values, reason) => {
    for (const [name, value] of Object.entries(values)) {
      metrics.addMetric(name, METRICS[name as MetricName], value);
    }
    if (reason !== undefined) metrics.addDimension('reason', reason);
    metrics.publishStoredMetrics();
  };
};
