import { Duration } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { envSchema } from '../../services/record-feedback/config.ts';
import type { EnvironmentOf } from '../../shared/lambda/config.ts';
import {
  FEEDBACK_SOURCES,
  FEEDBACK_TYPES,
  type FeedbackType,
  writeFeedback,
} from '../../shared/messages/feedback.ts';
import { CONFIGURATION_SET_TAG } from '../../shared/messages/mail-tags.ts';
import type { ChallengeTable } from '../data/challenge-table.ts';
import type { MailSender } from '../data/mail-sender.ts';
import type { Settings } from '../settings/settings.ts';
import { metricsEnvironment } from '../unique-name.ts';
import { OtpFunction } from './otp-function.ts';

export interface RecordFeedbackProps {
  readonly table: ChallengeTable;
  readonly sender: MailSender;
  readonly settings: Settings;
}

/** Event target: writes SES's reports into the trail. Reports that it cannot process wait in the dead-letter queue. */
export class RecordFeedback extends Construct {
  readonly function: IFunction;
  /** Holds these reports, and events that EventBridge could not hand over to a target of any rule. */
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
    for (const type of FEEDBACK_TYPES) this.#addRule(type, sender);
  }

  #addRule(type: FeedbackType, sender: MailSender): void {
    const { detailType } = FEEDBACK_SOURCES[type];
    new Rule(this, type, {
      description: `SES reports of codes: ${detailType}`,
      eventPattern: {
        source: ['aws.ses'],
        detailType: [detailType],
        detail: { mail: { tags: { [CONFIGURATION_SET_TAG]: [sender.environment.configurationSet] } } },
      },
      targets: [
        new LambdaFunction(this.function, {
          event: RuleTargetInput.fromObject(writeFeedback(type, EventField.fromPath)),
          deadLetterQueue: this.deadLetters,
        }),
      ],
    });
  }
}
