/** Those of AWS's own metrics that the dashboard and the alarms use, each with the pages that document it. */

export interface AwsMetrics {
  /** The name of the metrics' only dimension; undefined if they are of the whole account. */
  readonly dimension: string | undefined;
  readonly names: readonly string[];
  readonly sources: readonly string[];
}

export const AWS_METRICS: Readonly<Record<string, AwsMetrics>> = {
  'AWS/States': {
    dimension: 'StateMachineArn',
    names: [
      'ExecutionsStarted',
      'ExecutionsSucceeded',
      'ExecutionsFailed',
      'ExecutionsTimedOut',
      'ExecutionsAborted',
      'ExecutionThrottled',
      'ExecutionTime',
    ],
    sources: ['https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html'],
  },
  'AWS/Lambda': {
    dimension: 'FunctionName',
    names: ['Invocations', 'Errors', 'Throttles', 'Duration'],
    sources: ['https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html'],
  },
  'AWS/SQS': {
    dimension: 'QueueName',
    names: ['ApproximateNumberOfMessagesVisible'],
    sources: [
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html',
    ],
  },
  'AWS/SES': {
    dimension: undefined,
    names: [
      'Send',
      'Delivery',
      'Bounce',
      'Complaint',
      'Reject',
      'Reputation.BounceRate',
      'Reputation.ComplaintRate',
    ],
    sources: [
      'https://docs.aws.amazon.com/ses/latest/dg/monitor-sending-activity.html',
      'https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html',
    ],
  },
  'AWS/Events': {
    dimension: 'RuleName',
    names: ['MatchedEvents', 'TriggeredRules'],
    sources: ['https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html'],
  },
};
