import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { DeliveryAlarms, type DeliveryAlarmsProps } from '../../../../infra/watch/delivery-alarms.ts';
import { aWatchedStack } from './a-watched.ts';

interface AlarmProperties {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly AlarmActions?: readonly string[];
  readonly OKActions?: readonly string[];
  readonly Threshold: number;
  readonly Period?: number;
  readonly ExtendedStatistic?: string;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm: number;
  readonly TreatMissingData: string;
  readonly Metrics?: readonly {
    readonly Expression?: string;
    readonly MetricStat?: { readonly Period: number };
  }[];
}

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:alarms';

const alarmsWith = (props: Partial<DeliveryAlarmsProps> = {}): readonly AlarmProperties[] => {
  const { stack, watched } = aWatchedStack();
  new DeliveryAlarms(stack, 'DeliveryAlarms', { ...watched, ...props });
  const alarms = Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm');
  return Object.values(alarms).map(({ Properties }) => Properties as AlarmProperties);
};

const alarms = alarmsWith();
const named = (name: string): AlarmProperties =>
  alarms.find(({ AlarmName }) => AlarmName === `Otp-${name}`) ?? expect.unreachable(`no alarm ${name}`);

describe('each alarm', () => {
  it('says how urgent it is, what is the matter in one sentence, and where to read on', () => {
    for (const { AlarmDescription } of alarms) {
      expect(AlarmDescription).toMatch(/^[ -~]+$/);
      expect(AlarmDescription).toMatch(/^\[(page|ticket)\] [^.]+\. Runbook: docs\/runbooks\/[a-z-]+\.md$/);
    }
  });

  it('is named after the stack, so that two stacks in one account have different ones', () => {
    const names = alarms.map(({ AlarmName }) => AlarmName);

    expect(names.filter((name) => !/^Otp-[a-z-]+$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('looks at no more metrics than CloudWatch takes, and all over the same period', () => {
    for (const { AlarmName, Metrics = [] } of alarms) {
      const periods = Metrics.flatMap(({ MetricStat }) => MetricStat?.Period ?? []);

      expect(periods.length, AlarmName).toBeLessThanOrEqual(10);
      expect(new Set(periods).size, AlarmName).toBe(Metrics.length === 0 ? 0 : 1);
    }
  });

  it('has only metric math that the console computes too: arithmetic and FILL', () => {
    const expressions = alarms.flatMap(({ Metrics = [] }) =>
      Metrics.flatMap(({ Expression }) => Expression ?? []),
    );

    expect(expressions.length).toBeGreaterThan(0);
    for (const expression of expressions) {
      expect(expression.replaceAll(/FILL\(\w+, (?:0|REPEAT)\)/g, '1')).toMatch(/^[\w\s.+\-*/()]+$/);
    }
  });
});

describe('the topic', () => {
  it('hears of each alarm, and that it is over', () => {
    const { stack } = aWatchedStack();
    const alarmTopic = Topic.fromTopicArn(stack, 'Alarms', TOPIC);

    for (const { AlarmActions, OKActions } of alarmsWith({ alarmTopic })) {
      expect({ AlarmActions, OKActions }).toEqual({ AlarmActions: [TOPIC], OKActions: [TOPIC] });
    }
  });

  it('need not be there', () => {
    for (const { AlarmActions, OKActions } of alarms) {
      expect({ AlarmActions, OKActions }).toEqual({ AlarmActions: undefined, OKActions: undefined });
    }
  });
});

describe('what is missing', () => {
  it('is good news, but no news from the sweep, once it has run, from SES’s ratings and between two checks of the pool', () => {
    const odd = alarms.filter(({ TreatMissingData }) => TreatMissingData !== 'notBreaching');

    expect(
      Object.fromEntries(odd.map(({ AlarmName, TreatMissingData }) => [AlarmName, TreatMissingData])),
    ).toEqual({
      'Otp-pool-drift': 'ignore',
      'Otp-ses-bounce-rate': 'ignore',
      'Otp-ses-complaint-rate': 'ignore',
      'Otp-sweep-not-running': 'ignore',
    });
  });
});

describe('the alarm', () => {
  it.each(['delivery-failing', 'bounces', 'complaints', 'workflow-errors'])(
    '%s, a share, needs more than one bad period: with few sign-ins a single failure is a large share',
    (name) => {
      const { DatapointsToAlarm, EvaluationPeriods } = named(name);

      expect(DatapointsToAlarm).toBeGreaterThan(1);
      expect(EvaluationPeriods).toBeGreaterThan(DatapointsToAlarm);
    },
  );

  it.each([
    'never-mailed',
    'delivery-refused',
    'order-limit',
    'quota-reached',
    'suppressed-recipients',
    'guard-refusals',
    'workflow-cut-short',
    'dead-letters',
    'feedback-unmatched',
  ])('%s goes off at the first one', (name) => {
    expect(named(name)).toMatchObject({ Threshold: 1, DatapointsToAlarm: 1 });
  });

  it('takes into account what is measured late: metrics of our own come through logs, and FILL is quicker', () => {
    const isOurs = (metric: unknown) => JSON.stringify(metric).includes('"Namespace":"Otp"');
    const late = alarms.filter((alarm) => isOurs(alarm) || JSON.stringify(alarm).includes('FILL'));

    expect(late.length).toBeGreaterThan(5);
    for (const { AlarmName, EvaluationPeriods } of late) {
      expect(EvaluationPeriods, AlarmName).toBeGreaterThan(1);
    }
  });

  it.each(['define-auth-challenge', 'create-auth-challenge', 'verify-auth-challenge', 'guard-tokens'])(
    'slow-%s goes off before the function is ended',
    (service) => {
      const { Threshold, ExtendedStatistic, AlarmDescription } = named(`slow-${service}`);

      expect({ Threshold, ExtendedStatistic }).toEqual({ Threshold: 3000, ExtendedStatistic: 'p99' });
      expect(AlarmDescription).toContain('docs/runbooks/slow-trigger.md');
    },
  );

  it('trigger-errors leaves out the refusals of guard-tokens and create-auth-challenge, which have their own', () => {
    const [{ Expression = '' } = {}, ...parts] = named('trigger-errors').Metrics ?? [];

    expect(Expression).toMatch(
      /FILL\(guardErrors, 0\) - \(FILL\(tokensRefused, 0\) \+ FILL\(refusedSendLimit, 0\) \+ FILL\(refusedOrderLimit, 0\) \+ FILL\(refusedLocked, 0\)\)$/,
    );
    expect(JSON.stringify(parts.filter((part) => JSON.stringify(part).includes('RefusedLocked')))).toContain(
      '"Value":"create-auth-challenge"',
    );
  });

  it('delivery-failing leaves out tries that came when the challenge was over', () => {
    const [{ Expression = '' } = {}] = named('delivery-failing').Metrics ?? [];

    expect(Expression).toContain('emailUnavailable');
    expect(Expression).not.toContain('challengeClosed');
  });

  it('brute-force sets right codes against wrong ones, so that a busy hour is no attack', () => {
    const { Metrics: [{ Expression = '' } = {}] = [], Threshold } = named('brute-force');

    expect(Expression).toBe('FILL(answerWrong, 0) - (FILL(challengeVerified, 0))');
    expect(Threshold).toBe(50);
  });

  it('users-locked goes off at the third within a quarter of an hour, and reads on where brute-force does', () => {
    const { Metrics: [{ MetricStat } = {}] = [], Threshold, AlarmDescription } = named('users-locked');

    expect({ Threshold, seconds: MetricStat?.Period }).toEqual({ Threshold: 3, seconds: 900 });
    expect(AlarmDescription).toContain('docs/runbooks/brute-force.md');
  });

  it('archive-dead-letters is there where there is an archive', () => {
    const { stack } = aWatchedStack();
    const archiveDeadLetters = Queue.fromQueueArn(
      stack,
      'Archive',
      'arn:aws:sqs:us-east-1:111122223333:archive',
    );
    const others = alarms.map(({ AlarmName }) => AlarmName);

    const added = alarmsWith({ archiveDeadLetters }).filter(({ AlarmName }) => !others.includes(AlarmName));

    expect(added.map(({ AlarmName }) => AlarmName)).toEqual(['Otp-archive-dead-letters']);
  });
});
