/** The delivery funnel: each challenge that was requested has one outcome by its metric, or is still open. */
import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import type { Metrics } from '../../../../local/engines/metrics/metrics.ts';
import { EMITTED_BY, type MetricName } from '../../../../shared/lambda/metric-names.ts';
import { OPEN_INDEX } from '../../../../shared/table/keys.ts';
import { OUTCOME_METRICS } from '../../../support/sign-in/audit.ts';

/** The functions that emit these metrics. */
const SERVICES = new Set(
  (['ChallengeRequested', ...OUTCOME_METRICS] as const).flatMap(
    (name): readonly string[] => EMITTED_BY[name],
  ),
);

/** All challenges of a system since its start. */
export interface Funnel {
  readonly requested: number;
  readonly closed: number;
  readonly open: number;
  /** Slow calls, each of which may have been measured too often or not at all. */
  readonly slow: number;
}

const countOpen = async (client: DynamoDBClient, TableName: string): Promise<number> => {
  const pages = paginateScan({ client }, { TableName, IndexName: OPEN_INDEX, Select: 'COUNT' });
  let open = 0;
  for await (const { Count = 0 } of pages) open += Count;
  return open;
};

export const readFunnel = async (
  { database, tableName }: { readonly database: DynamoDBClient; readonly tableName: string },
  metrics: Metrics,
  slowCalls: (service: string) => number,
): Promise<Funnel> => {
  const sumOf = (name: MetricName) => metrics.sumOf({ name });
  return {
    open: await countOpen(database, tableName),
    requested: sumOf('ChallengeRequested'),
    closed: OUTCOME_METRICS.reduce((sum, name) => sum + sumOf(name), 0),
    slow: [...SERVICES].reduce((sum, service) => sum + slowCalls(service), 0),
  };
};

/** What has neither an outcome nor is open, of the challenges since `before`; in words, empty if there are none. */
export const leaks = (before: Funnel, after: Funnel): readonly string[] => {
  const [requested, closed, open] = (['requested', 'closed', 'open'] as const).map(
    (name) => after[name] - before[name],
  ) as [number, number, number];
  return Math.abs(requested - closed - open) <= after.slow - before.slow
    ? []
    : [`${requested} challenges were requested, ${closed} were closed, and ${open} more are open`];
};
