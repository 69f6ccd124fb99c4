/** The alarms of the delivery of codes. Each threshold is a constant with its reason. */
import {
  ComparisonOperator,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { SendTryReason } from '../../shared/lambda/metric-names.ts';
import { driftAlarms } from '../pool/drift-alarm.ts';
import { reportAlarms } from '../report/report-alarms.ts';
import { guessAlarms } from './guess-alarms.ts';
import { filledSum, type OtpMetrics, shareOf, sumOf } from './otp-metrics.ts';
import type { AlarmDefinition } from './runbook-alarm.ts';
import { ofTriggers, type Watched } from './watched.ts';

/** Percent. If half of the tries fail, half of the users wait for a retry, and SES is not just busy for a moment. */
const FAILED_TRIES_PERCENT = 50;
/** Percent. The workflow's retries last longer than usual disturbances of SES and Lambda, so almost none should fail. */
const FAILED_EXECUTIONS_PERCENT = 5;
/** Milliseconds. A mail reaches SES in about a second; ten mean that tries are repeated or that Lambda is overloaded. */
const SENT_P95_MS = 10_000;
/** Milliseconds. After a minute people order another mail or give up; the code is valid for five minutes. */
const DELIVERED_P95_MS = 60_000;
/** Percent. At 5 % SES puts the whole account under review, at 10 % it may stop it (SES Developer Guide, "Bounce rate FAQs"). */
export const BOUNCED_PERCENT = 5;
/** Percent. At 0.1 % SES puts the account under review, at 0.5 % it may stop it (the guide's "Complaint rate FAQs"). */
export const COMPLAINED_PERCENT = 0.1;
/** Milliseconds. The function is ended after 4 s and Cognito gives up after 5 s. */
const TRIGGER_P99_MS = 3_000;
/** Calls in five minutes. A deployment may cause one or two; more than that keep users out. */
const TRIGGER_FAILURES = 3;

/** The reasons that are about SES or this service; the others are about a challenge that was over or is missing. */
const SENDER_FAILURES: readonly SendTryReason[] = [
  'EmailThrottled',
  'EmailUnavailable',
  'EmailUnanswered',
  'EmailQuotaReached',
  'EmailRejected',
  'Unexpected',
];

/** For metrics from logs. They arrive late, so a period that was first judged without them must still count. */
const ANY = { breaching: 1, of: 3 };
/** For values that stay as they are until somebody changes them. */
const STANDING = { breaching: 1, of: 1 };

const delivery = (otp: OtpMetrics): readonly AlarmDefinition[] => {
  const failed = otp.failedTryParts(SENDER_FAILURES);
  return [
    {
      name: 'delivery-failing',
      severity: 'page',
      sentence: 'Half or more of the tries to mail a code fail; users wait for codes that do not come.',
      metric: shareOf('failed tries (%)', failed, { ...failed, ...otp.parts('CodeSent') }),
      periodMinutes: 1,
      // A single failure must never be enough, even if there are few sign-ins.
      periods: { breaching: 3, of: 5 },
      threshold: FAILED_TRIES_PERCENT,
    },
    {
      name: 'sending-slow',
      severity: 'page',
      sentence: 'One code in twenty takes 10 seconds or longer until SES has it.',
      metric: otp.time('TimeToSent', Stats.p(95)),
      periodMinutes: 5,
      periods: { breaching: 2, of: 3 },
      threshold: SENT_P95_MS,
    },
    {
      name: 'delivery-slow',
      severity: 'ticket',
      sentence: "One code in twenty takes a minute or longer until the recipient's server has it.",
      metric: otp.time('TimeToDelivered', Stats.p(95)),
      periodMinutes: 5,
      periods: { breaching: 3, of: 6 },
      threshold: DELIVERED_P95_MS,
    },
    {
      name: 'quota-reached',
      severity: 'page',
      sentence: "SES's daily quota is used up; no code is mailed until it has room again.",
      metric: otp.failedTries('EmailQuotaReached'),
      periodMinutes: 1,
      periods: ANY,
      threshold: 1,
    },
    {
      name: 'never-mailed',
      severity: 'ticket',
      sentence: 'A challenge was closed without its code ever being mailed.',
      metric: otp.count('NeverMailed'),
      periodMinutes: 1,
      periods: ANY,
      threshold: 1,
    },
    {
      name: 'delivery-refused',
      severity: 'page',
      sentence: 'Somebody started a delivery that no sign-in had ordered; nothing was mailed.',
      metric: otp.count('DeliveryRefused'),
      periodMinutes: 1,
      periods: ANY,
      threshold: 1,
    },
    {
      name: 'order-limit',
      severity: 'ticket',
      sentence:
        'A user has ordered as many mails as anybody may; a program is signing in, or somebody misuses a password.',
      metric: otp.count('RefusedOrderLimit'),
      periodMinutes: 5,
      periods: ANY,
      threshold: 1,
    },
  ];
};

const mails = (otp: OtpMetrics): readonly AlarmDefinition[] => [
  {
    name: 'bounces',
    severity: 'ticket',
    sentence: 'Of the codes mailed in an hour, 5 % or more are returned.',
    metric: shareOf('bounced (%)', otp.parts('MailBounced'), otp.parts('CodeSent')),
    periodMinutes: 60,
    periods: { breaching: 2, of: 3 },
    threshold: BOUNCED_PERCENT,
  },
  {
    name: 'complaints',
    severity: 'ticket',
    sentence: 'Of the codes mailed in an hour, one in a thousand or more is reported as spam.',
    metric: shareOf('complained (%)', otp.parts('MailComplained'), otp.parts('CodeSent')),
    periodMinutes: 60,
    // With few sign-ins a single complaint exceeds any share, so two are needed within some hours.
    periods: { breaching: 2, of: 6 },
    threshold: COMPLAINED_PERCENT,
  },
  {
    name: 'suppressed-recipients',
    severity: 'ticket',
    sentence: "A user is on the account's suppression list and gets no code until taken off it.",
    metric: otp.count('OnAccountSuppressionList'),
    periodMinutes: 5,
    periods: ANY,
    threshold: 1,
  },
  reputation('ses-bounce-rate', 'Reputation.BounceRate', BOUNCED_PERCENT, 'bounce'),
  reputation('ses-complaint-rate', 'Reputation.ComplaintRate', COMPLAINED_PERCENT, 'complaint'),
];

/** The rates of the whole account, with all its other mail. SES publishes them now and then; until then the last one holds. */
const reputation = (name: string, metricName: string, percent: number, what: string): AlarmDefinition => ({
  name,
  severity: 'page',
  sentence: `The account's ${what} rate is where SES puts accounts under review; next it stops all mail.`,
  metric: new Metric({ namespace: 'AWS/SES', metricName, statistic: Stats.AVERAGE }),
  periodMinutes: 60,
  periods: STANDING,
  // SES publishes the rate as a fraction of 1.
  threshold: percent / 100,
  missing: TreatMissingData.IGNORE,
});

const feedback = (
  otp: OtpMetrics,
  { deadLetters, archiveDeadLetters }: Watched,
): readonly AlarmDefinition[] => [
  {
    name: 'feedback-unmatched',
    severity: 'ticket',
    sentence: 'SES reported on a mail that has our tags but is in no trail; perhaps somebody else sent it.',
    metric: otp.count('FeedbackUnmatched'),
    periodMinutes: 5,
    periods: ANY,
    threshold: 1,
  },
  {
    name: 'dead-letters',
    severity: 'ticket',
    sentence:
      'A report of SES could not be processed, or an event not be handed over; it waits in the dead-letter queue.',
    metric: deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
    periodMinutes: 5,
    periods: STANDING,
    threshold: 1,
  },
  ...(archiveDeadLetters === undefined
    ? []
    : [
        {
          name: 'archive-dead-letters',
          severity: 'page',
          sentence:
            "Changes of challenges did not reach the archive; the table's stream keeps them for 24 hours.",
          metric: archiveDeadLetters.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
          periodMinutes: 5,
          periods: STANDING,
          threshold: 1,
        } as const,
      ]),
];

const workflow = ({ stateMachine, sweep }: Watched): readonly AlarmDefinition[] => [
  {
    name: 'workflow-errors',
    severity: 'page',
    sentence: "Of the workflow's executions 5 % or more end without a mailed code.",
    metric: shareOf(
      'failed executions (%)',
      { failed: stateMachine.metricFailed() },
      { started: stateMachine.metricStarted() },
    ),
    periodMinutes: 5,
    periods: { breaching: 2, of: 3 },
    threshold: FAILED_EXECUTIONS_PERCENT,
  },
  {
    name: 'workflow-cut-short',
    severity: 'page',
    sentence: 'Executions ran out of time, were aborted or throttled, and may have left no word of it.',
    metric: sumOf('cut short', {
      timedOut: stateMachine.metricTimedOut(),
      aborted: stateMachine.metricAborted(),
      throttled: stateMachine.metricThrottled(),
    }),
    periodMinutes: 5,
    periods: ANY,
    threshold: 1,
  },
  {
    name: 'sweep-not-running',
    severity: 'ticket',
    sentence: 'The sweep has not finished a run for ten minutes; nobody would notice an orphan.',
    // Without a run a period counts as 0, but only after the first run: before that, a new stack would be in alarm. Once all
    // periods are without one, there is no value at all, and the state stays.
    metric: new MathExpression({
      expression: 'FILL(runs, 0) - FILL(failures, 0) + 0 * FILL(runs, REPEAT)',
      usingMetrics: { runs: sweep.metricInvocations(), failures: sweep.metricErrors() },
      label: 'runs of the sweep',
    }),
    periodMinutes: 5,
    // One period more than are needed, so that the last one with a run is in sight.
    periods: { breaching: 2, of: 3 },
    threshold: 1,
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    missing: TreatMissingData.IGNORE,
  },
];

const triggers = (otp: OtpMetrics, watched: Watched): readonly AlarmDefinition[] => {
  const failures = ofTriggers(watched.triggers, 'Errors', { statistic: Stats.SUM });
  const throttles = ofTriggers(watched.triggers, 'Throttles', { statistic: Stats.SUM });
  const refused = {
    ...otp.parts('TokensRefused', 'RefusedSendLimit', 'RefusedOrderLimit'),
    ...otp.partOf('create-auth-challenge', 'RefusedLocked'),
  };
  return [
    ...Object.entries(watched.triggers).map(
      ([service, fn]): AlarmDefinition => ({
        name: `slow-${service}`,
        severity: 'ticket',
        sentence: `The trigger ${service} takes 3 of the 4 seconds that it has; beyond them sign-ins fail.`,
        runbook: 'slow-trigger',
        metric: fn.metricDuration({ statistic: Stats.p(99) }),
        periodMinutes: 5,
        periods: { breaching: 2, of: 3 },
        threshold: TRIGGER_P99_MS,
      }),
    ),
    {
      name: 'trigger-errors',
      severity: 'page',
      sentence: "Cognito's triggers fail; users cannot sign in.",
      // Lambda counts a refusal as an error, but refusals have their own alarms. A refused mail whose code still works is no
      // error, so the difference can be too small; this happens only if a user orders very many mails.
      metric: new MathExpression({
        expression: `${filledSum(failures)} - (${filledSum(refused)})`,
        usingMetrics: { ...failures, ...refused },
        label: 'failed calls',
      }),
      periodMinutes: 5,
      periods: { breaching: 2, of: 3 },
      threshold: TRIGGER_FAILURES,
    },
    {
      name: 'trigger-throttles',
      severity: 'page',
      sentence: "Cognito's triggers are throttled; users cannot sign in.",
      runbook: 'trigger-errors',
      metric: sumOf('throttled calls', throttles),
      periodMinutes: 5,
      periods: { breaching: 2, of: 3 },
      threshold: TRIGGER_FAILURES,
    },
    {
      name: 'guard-refusals',
      severity: 'page',
      sentence: 'Tokens were asked for without a code given in that sign-in, and refused.',
      metric: otp.count('TokensRefused'),
      periodMinutes: 1,
      periods: ANY,
      threshold: 1,
    },
  ];
};

export const alarmDefinitions = (otp: OtpMetrics, watched: Watched): readonly AlarmDefinition[] => [
  ...delivery(otp),
  ...mails(otp),
  ...feedback(otp, watched),
  ...workflow(watched),
  ...triggers(otp, watched),
  ...guessAlarms(otp),
  ...driftAlarms(otp, watched),
  ...reportAlarms(otp, watched),
];
