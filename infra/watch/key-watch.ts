import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type Alarm, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type CfnLogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CodeKey } from '../data/code-key.ts';
import { uniqueName } from '../unique-name.ts';
import { runbookAlarm } from './runbook-alarm.ts';

export interface KeyWatchProps {
  readonly codeKey: CodeKey;
  /** Gets the calls that EventBridge could not write into the log. */
  readonly deadLetters: IQueue;
  readonly logRetention: RetentionDays;
  /** This topic gets a message when somebody asks for the keys. */
  readonly alarmTopic?: ITopic | undefined;
}

/** Calls that read or write the keys. CloudTrail records BatchGetSecretValue as GetSecretValue. */
const CALLS = ['GetSecretValue', 'PutSecretValue', 'UpdateSecret', 'UpdateSecretVersionStage'];

/** The fields of a call that the log keeps, to find it in CloudTrail. Every event has them. */
const KEPT = {
  timestamp: '$.time',
  call: '$.detail.eventName',
  from: '$.detail.sourceIPAddress',
  eventId: '$.detail.eventID',
};
const LINE = '{"timestamp": <timestamp>, "message": "<call> from <from>, CloudTrail event <eventId>"}';

/** A call names the secret by its ARN, a part of that, or its name; a refused call may name it only in the error message. */
const callsByOthers = ({ secret, readers }: CodeKey): object => {
  const named = [{ wildcard: `*${secret.secretName}*` }];
  return {
    source: ['aws.secretsmanager'],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: ['secretsmanager.amazonaws.com'],
      eventName: CALLS,
      // In a role's session this is the ARN of the role. Users and the account's root have no session.
      userIdentity: {
        sessionContext: { sessionIssuer: { arn: [{ 'anything-but': readers }, { exists: false }] } },
      },
      $or: [{ requestParameters: { secretId: named } }, { errorMessage: named }],
    },
  };
};

/**
 * The alarm for when anybody but the functions and the rotation reads or writes the keys, or tries to. It sees only what
 * CloudTrail sends to EventBridge: **it needs a CloudTrail trail that records this region's management events, with reads.**
 */
export class KeyWatch extends Construct {
  readonly alarm: Alarm;

  constructor(
    scope: Construct,
    id: string,
    { codeKey, deadLetters, logRetention, alarmTopic }: KeyWatchProps,
  ) {
    super(scope, id);
    const rule = new CfnRule(this, 'Rule', {
      description: 'Calls for the key of one-time codes by others than those who need it',
      // A rule sees calls that read only in this state, which the CDK's `Rule` does not support.
      state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      eventPattern: callsByOthers(codeKey),
      targets: [
        {
          id: 'Log',
          arn: this.#log(logRetention),
          inputTransformer: { inputPathsMap: KEPT, inputTemplate: LINE },
          deadLetterConfig: { arn: deadLetters.queueArn },
        },
      ],
    });
    deadLetters.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [deadLetters.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
      }),
    );
    const metric = new Metric({
      namespace: 'AWS/Events',
      metricName: 'TriggeredRules',
      dimensionsMap: { RuleName: rule.ref },
      statistic: Stats.SUM,
    });
    this.alarm = runbookAlarm(
      this,
      {
        name: 'key-read',
        severity: 'page',
        sentence: 'Somebody who has no business with it has asked for the key of the codes, or written it.',
        metric,
        periodMinutes: 5,
        periods: { breaching: 1, of: 1 },
        threshold: 1,
      },
      alarmTopic,
    );
  }

  /** Creates the log group. Returns its ARN as EventBridge needs it, without the asterisk for its streams. */
  #log(retention: RetentionDays): string {
    const logGroupName = `/aws/events/${uniqueName(this, '-key-watch')}`;
    const log = new LogGroup(this, 'Log', { logGroupName, retention, removalPolicy: RemovalPolicy.DESTROY });
    const arnOf = (resourceName: string) =>
      Stack.of(this).formatArn({
        service: 'logs',
        resource: 'log-group',
        resourceName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
    // A policy of the log group's own. An account has room for ten others, which all its stacks share.
    (log.node.defaultChild as CfnLogGroup).resourcePolicyDocument = new PolicyDocument({
      statements: [
        new PolicyStatement({
          principals: [
            new ServicePrincipal('events.amazonaws.com'),
            new ServicePrincipal('delivery.logs.amazonaws.com'),
          ],
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [arnOf(`${logGroupName}:*`)],
        }),
      ],
    });
    return arnOf(log.logGroupName);
  }
}
