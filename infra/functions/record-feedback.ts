import { Duration } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { envSchema } from '../../services/record-feedback/config.ts';
import type { EnvironmentOf } from '../../shared/lambda/config.ts';
import type { ChallengeTable } from '../data/challenge-table.ts';
import type { MailSender } from '../data/mail-sender.ts';
import { metricsEnvironment } from '../metrics-namespace.ts';
import type { Settings } from '../settings/settings.ts';
import { OtpFunction } from './otp-function.ts';

export interface RecordFeedbackProps {
  readonly table: ChallengeTable;
  readonly sender: MailSender;
  readonly settings: Settings;
}

interface EventType {
  /** SES's `detail-type`. */
  readonly detailType: string;
  /** Where the time of the report is. */
  readonly at: string;
  /** What else the trail keeps, by name; each is always there in events of this type. */
  readonly detail: Readonly<Record<string, string>>;
}

/**
 * SES's events name the recipient in several places. Each rule passes on what the trail keeps of its type and nothing
 * else, so that the function and the dead-letter queue do not see the address, unless a server quotes it in its reply.
 */
const EVENT_TYPES: Readonly<Record<string, EventType>> = {
  Send: { detailType: 'Email Sent', at: '$.detail.mail.timestamp', detail: {} },
  Delivery: {
    detailType: 'Email Delivered',
    at: '$.detail.delivery.timestamp',
    detail: {
      smtpResponse: '$.detail.delivery.smtpResponse',
      processingTimeMillis: '$.detail.delivery.processingTimeMillis',
    },
  },
  DeliveryDelay: {
    detailType: 'Email Delivery Delayed',
    at: '$.detail.deliveryDelay.timestamp',
    detail: { delayType: '$.detail.deliveryDelay.delayType' },
  },
  Bounce: {
    detailType: 'Email Bounced',
    at: '$.detail.bounce.timestamp',
    detail: { bounceType: '$.detail.bounce.bounceType', bounceSubType: '$.detail.bounce.bounceSubType' },
  },
  Complaint: { detailType: 'Email Complaint Received', at: '$.detail.complaint.timestamp', detail: {} },
  Reject: {
    detailType: 'Email Rejected',
    at: '$.detail.mail.timestamp',
    detail: { reason: '$.detail.reject.reason' },
  },
};

const pathsOf = (paths: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, EventField.fromPath(path)]));

/** Writes SES's reports into the trail. What it cannot process waits in the dead-letter queue. */
export class RecordFeedback extends Construct {
  readonly function: IFunction;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { table, sender, settings }: RecordFeedbackProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.function = new OtpFunction<EnvironmentOf<typeof envSchema>>(this, 'Lambda', {
      service: 'record-feedback',
      description: 'Event target: writes what SES reports of a mail into its trail',
      memory: 256,
      timeout: Duration.seconds(15),
      settings,
      environment: {
        ...table.environment,
        ...metricsEnvironment(this),
        configurationSet: sender.environment.configurationSet,
      },
    }).function;
    this.function.configureAsyncInvoke({
      retryAttempts: 2,
      onFailure: new SqsDestination(this.deadLetters),
    });
    table.grantItems(this.function, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    for (const [eventType, type] of Object.entries(EVENT_TYPES)) this.#addRule(eventType, type, sender);
  }

  #addRule(eventType: string, { detailType, at, detail }: EventType, sender: MailSender): void {
    new Rule(this, eventType, {
      description: `SES reports of codes: ${detailType}`,
      eventPattern: {
        source: ['aws.ses'],
        detailType: [detailType],
        detail: { mail: { tags: { 'ses:configuration-set': [sender.environment.configurationSet] } } },
      },
      targets: [
        new LambdaFunction(this.function, {
          event: RuleTargetInput.fromObject({
            eventType,
            messageId: EventField.fromPath('$.detail.mail.messageId'),
            tags: EventField.fromPath('$.detail.mail.tags'),
            at: EventField.fromPath(at),
            detail: pathsOf(detail),
          }),
        }),
      ],
    });
  }
}
