/** The alarm for a user pool that is not as the stack wants it any more. */
import { MathExpression, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { filledSum, type OtpMetrics } from '../watch/otp-metrics.ts';
import type { AlarmDefinition } from '../watch/runbook-alarm.ts';
import type { Watched } from '../watch/watched.ts';

/** None if nobody looks. */
export const driftAlarms = (otp: OtpMetrics, { poolCheck }: Watched): readonly AlarmDefinition[] => {
  if (poolCheck === undefined) return [];
  const drift = otp.parts('PoolDrift');
  const failures = poolCheck.metricErrors({ statistic: Stats.SUM });
  return [
    {
      name: 'pool-drift',
      severity: 'page',
      sentence: 'The user pool is not as it was attached, or its check fails; perhaps tokens need no code.',
      // Lambda measures the failures of each run, 0 too. A run that fails measures no drift.
      metric: new MathExpression({
        expression: `failures + ${filledSum(drift)}`,
        usingMetrics: { failures, ...drift },
        label: 'findings and failures',
      }),
      periodMinutes: 5,
      // Metrics from logs arrive late, so a period that was first judged without them must still count.
      periods: { breaching: 1, of: 3 },
      threshold: 1,
      // Between two runs, what the last one found still holds.
      missing: TreatMissingData.IGNORE,
    },
  ];
};
