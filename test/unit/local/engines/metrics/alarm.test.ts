import { describe, expect, it } from 'vitest';
import { readAlarm } from '../../../../../local/engines/metrics/alarm.ts';
import type { JsonObject } from '../../../../../local/ground/service.ts';
import { aResource } from '../../a-resource.ts';

const ARN = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:Bounces';
const SIMPLE = {
  Namespace: 'Otp',
  MetricName: 'MailBounced',
  Dimensions: [{ Name: 'service', Value: 'record-feedback' }],
  Statistic: 'Sum',
  Period: 60,
  Threshold: 1,
  EvaluationPeriods: 3,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
};

const read = (properties: JsonObject) =>
  readAlarm(aResource('AWS::CloudWatch::Alarm', properties, { ref: 'Bounces', attributes: { Arn: ARN } }));

describe('an alarm of the template', () => {
  it('has its metric, its rule, and what CloudWatch takes for granted', () => {
    expect(read(SIMPLE)).toEqual({
      name: 'Bounces',
      arn: ARN,
      description: '',
      queries: [
        {
          label: 'MailBounced',
          source: {
            kind: 'statistic',
            namespace: 'Otp',
            name: 'MailBounced',
            dimensions: { service: 'record-feedback' },
            stat: 'Sum',
            period: 60,
          },
        },
      ],
      period: 60,
      threshold: 1,
      comparison: 'GreaterThanOrEqualToThreshold',
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      treatMissingData: 'missing',
    });
  });

  it('has what the template says instead', () => {
    const alarm = read({
      ...SIMPLE,
      Statistic: undefined,
      ExtendedStatistic: 'p95',
      AlarmName: 'Otp-bounces',
      AlarmDescription: 'Mails are returned.',
      DatapointsToAlarm: 2,
      TreatMissingData: 'breaching',
    });

    expect(alarm).toMatchObject({
      name: 'Otp-bounces',
      description: 'Mails are returned.',
      datapointsToAlarm: 2,
      treatMissingData: 'breaching',
      queries: [{ source: { stat: 'p95' } }],
    });
  });

  it('may compare an expression, which then comes first, with the longest period of what it refers to', () => {
    const { Namespace, MetricName, Dimensions, Statistic, Period, ...rule } = SIMPLE;
    const stat = (Id: string, period: number) => ({
      Id,
      Label: `the ${Id}`,
      MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Stat: Statistic, Period: period },
      ReturnData: false,
    });

    const alarm = read({
      ...rule,
      Metrics: [stat('a', Period), { Id: 'share', Expression: 'a / b' }, stat('b', 300)],
    });

    expect(alarm.queries).toEqual([
      { id: 'share', label: 'share', source: { kind: 'expression', expression: 'a / b' } },
      { id: 'a', label: 'the a', source: expect.objectContaining({ name: 'MailBounced', period: 60 }) },
      { id: 'b', label: 'the b', source: expect.objectContaining({ stat: 'Sum', period: 300 }) },
    ]);
    expect(alarm.period).toBe(300);
  });

  it.each([
    ['anomaly detection', { ...SIMPLE, ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold' }],
    ['an unknown treatment of missing data', { ...SIMPLE, TreatMissingData: 'maybe' }],
    ['no metric', { ...SIMPLE, MetricName: undefined }],
  ])('is refused by its name where it has %s', (_, properties) => {
    expect(() => read(properties)).toThrow(/^Alarm Bounces: .* does not work here$/);
  });
});
