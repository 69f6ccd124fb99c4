/** The rows of the dashboard about the services that a code passes through. */
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { TRIGGER_TIMEOUT } from '../functions/otp-function.ts';
import { BOUNCED_PERCENT, COMPLAINED_PERCENT } from './alarm-definitions.ts';
import { type DashboardRow, graph } from './dashboard-row.ts';
import type { OtpMetrics } from './otp-metrics.ts';
import { ofTriggers, type Watched } from './watched.ts';

const workflow = ({ stateMachine, sweep }: Watched): DashboardRow => ({
  title: 'Workflow and sweep',
  reading:
    '**Started** and **succeeded** should be one line. **Failed** executions wrote the reason into the trail; those that ' +
    '**timed out**, were **aborted** or **throttled** may not have. The **sweep** should run once a minute without failures.',
  widgets: [
    graph({
      title: 'Executions',
      unit: 'executions',
      metrics: [
        stateMachine.metricStarted({ label: 'started' }),
        stateMachine.metricSucceeded({ label: 'succeeded' }),
      ],
    }),
    graph({
      title: 'Executions that went wrong',
      unit: 'executions',
      metrics: [
        stateMachine.metricFailed({ label: 'failed' }),
        stateMachine.metricTimedOut({ label: 'timed out' }),
        stateMachine.metricAborted({ label: 'aborted' }),
        stateMachine.metricThrottled({ label: 'throttled' }),
      ],
    }),
    graph({
      title: 'Sweep',
      unit: 'runs',
      metrics: [
        sweep.metricInvocations({ label: 'runs', statistic: Stats.SUM }),
        sweep.metricErrors({ label: 'failures', statistic: Stats.SUM }),
      ],
    }),
  ],
});

/** Milliseconds: the time limit of the functions, and that of Cognito. */
const TRIGGER_LIMITS = [
  { value: TRIGGER_TIMEOUT.toMilliseconds(), label: 'the function is ended' },
  { value: 5_000, label: 'Cognito gives up' },
];

const triggers = (watched: Watched): DashboardRow => {
  const durations = (title: string, statistic: string) =>
    graph({
      title,
      metrics: Object.values(ofTriggers(watched.triggers, 'Duration', { statistic })),
      unit: 'ms',
      limits: TRIGGER_LIMITS,
    });
  return {
    title: 'Triggers',
    reading:
      'Cognito waits 5 seconds for a trigger and then calls again; the functions end after 4. A few hundred milliseconds ' +
      'are usual, a second for the first call of a new instance. **Errors** of guard-tokens are refusals.',
    widgets: [
      durations('Slowest call', Stats.MAXIMUM),
      durations('99 of 100 calls are faster', Stats.p(99)),
      graph({
        title: 'Errors and throttles',
        unit: 'calls',
        metrics: (['Errors', 'Throttles'] as const).flatMap((what) =>
          Object.entries(watched.triggers).map(([service, fn]) =>
            fn[`metric${what}`]({ label: `${service} ${what.toLowerCase()}`, statistic: Stats.SUM }),
          ),
        ),
      }),
    ],
  };
};

/** The account's metrics of SES, which have no dimensions. */
const sesMetric = (metricName: string, statistic: string, label: string): Metric =>
  new Metric({ namespace: 'AWS/SES', metricName, statistic, label });

const reputation = (metricName: string, label: string): MathExpression =>
  new MathExpression({
    expression: '100 * reputation',
    usingMetrics: { reputation: sesMetric(metricName, Stats.AVERAGE, label) },
    label,
  });

const ses = (): DashboardRow => ({
  title: "The account's standing with SES",
  reading:
    'For **all mail of the account** in this region. At 5 % bounces or 0.1 % complaints SES puts the account under review; ' +
    'then it may stop all mail. SES publishes these two only when there is something to report.',
  widgets: [
    graph({
      title: 'Bounce rate',
      unit: '%',
      metrics: [reputation('Reputation.BounceRate', 'bounce rate')],
      limits: [{ value: BOUNCED_PERCENT, label: 'under review' }],
    }),
    graph({
      title: 'Complaint rate',
      unit: '%',
      metrics: [reputation('Reputation.ComplaintRate', 'complaint rate')],
      limits: [{ value: COMPLAINED_PERCENT, label: 'under review' }],
    }),
    graph({
      title: 'Mails of the account',
      unit: 'mails',
      metrics: [
        sesMetric('Send', Stats.SUM, 'sent'),
        sesMetric('Delivery', Stats.SUM, 'delivered'),
        sesMetric('Bounce', Stats.SUM, 'bounced'),
        sesMetric('Complaint', Stats.SUM, 'complained'),
        sesMetric('Reject', Stats.SUM, 'rejected'),
      ],
    }),
  ],
});

const leftOver = (otp: OtpMetrics, { deadLetters, archiveDeadLetters }: Watched): DashboardRow => {
  const queues = [
    deadLetters.metricApproximateNumberOfMessagesVisible({
      label: 'reports of SES',
      statistic: Stats.MAXIMUM,
    }),
    ...(archiveDeadLetters === undefined
      ? []
      : [
          archiveDeadLetters.metricApproximateNumberOfMessagesVisible({
            label: 'changes for the archive',
            statistic: Stats.MAXIMUM,
          }),
        ]),
  ];
  return {
    title: 'What found no place',
    reading:
      '**Unmatched** reports have the tags of this service, but their challenge is not in the table, or the mail is not the ' +
      'one that was sent for it. **Dead letters** could not be processed in three tries and wait for an operator. Both ' +
      'should be 0.',
    widgets: [
      graph({
        title: 'Unmatched reports of SES',
        metrics: [otp.count('FeedbackUnmatched', 'unmatched')],
        unit: 'reports',
      }),
      graph({ title: 'Waiting dead letters', metrics: queues, unit: 'messages' }),
    ],
  };
};

/** None if nobody looks. */
const userPool = (otp: OtpMetrics, { poolCheck }: Watched): readonly DashboardRow[] =>
  poolCheck === undefined
    ? []
    : [
        {
          title: 'User pool',
          reading:
            'How many settings of the pool and its clients are **not as the stack wants them**; should be 0. Its check runs as often ' +
            'as `watchPool` says, and should have no **failures**.',
          widgets: [
            graph({
              title: 'Not as the stack wants it',
              metrics: [otp.count('PoolDrift', 'findings')],
              unit: 'findings',
            }),
            graph({
              title: 'Checks of the user pool',
              metrics: [
                poolCheck.metricInvocations({ label: 'runs', statistic: Stats.SUM }),
                poolCheck.metricErrors({ label: 'failures', statistic: Stats.SUM }),
              ],
              unit: 'runs',
            }),
          ],
        },
      ];

export const serviceRows = (otp: OtpMetrics, watched: Watched): readonly DashboardRow[] => [
  workflow(watched),
  triggers(watched),
  ses(),
  leftOver(otp, watched),
  ...userPool(otp, watched),
];
