import { Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { envSchema } from '../../services/attach-pool/config.ts';
import { type AttachmentOrder, writeAttachment } from '../../shared/deployment/attachment.ts';
import type { EnvironmentOf } from '../../shared/lambda/config.ts';
import { readingStatement } from '../pool/pool-policies.ts';
import type { Settings } from '../settings/settings.ts';
import { metricsEnvironment } from '../unique-name.ts';
import { OtpFunction } from './otp-function.ts';

export interface CheckPoolProps {
  readonly poolArn: string;
  /** What the pool should be like. */
  readonly order: AttachmentOrder;
  readonly every: Duration;
  /** Gets the runs that EventBridge could not start. */
  readonly deadLetters: IQueue;
  readonly settings: Settings;
}

const TIMEOUT = Duration.minutes(10);

/**
 * Bytes for what the check compares with. Lambda takes 4 KB for all variables of a function, and the only other one is the namespace
 * of the metrics.
 */
const MAX_BYTES = 3900;

/** Bytes of the longest ARN of a function, and of a client's id. */
const LENGTHS = { 'Fn::GetAtt': 122, Ref: 26 } as const;

/** About as long as the deployment will make it. */
const lengthOf = (value: unknown): number =>
  Buffer.byteLength(
    JSON.stringify(value, (_, part) => {
      const [name = '', argument] = Object.entries(Object(part)).at(0) ?? [];
      if (name === 'Fn::Join') return (argument as readonly unknown[])[1];
      const length = LENGTHS[name as keyof typeof LENGTHS];
      return length === undefined ? part : 'x'.repeat(length);
    }),
  );

/** Scheduled: compares the user pool with what the stack wants of it. It changes nothing. */
export class CheckPool extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, props: CheckPoolProps) {
    super(scope, id);
    const { poolArn, every, deadLetters, settings } = props;
    // What only attaching needs has no place in the environment.
    const { smsRoleArn, customSenderKeyArn, refreshUntil, ...order } = { ...props.order, replace: [] };
    this.node.addValidation({ validate: () => this.#tooLong(order) });
    this.function = new OtpFunction<EnvironmentOf<typeof envSchema>>(this, 'Lambda', {
      service: 'attach-pool',
      handler: 'checkHandler',
      description: 'Scheduled: whether the user pool is as the stack wants it',
      memory: 512,
      // Long enough for a thousand clients, and over before the next run.
      timeout: TIMEOUT,
      settings,
      environment: {
        ...metricsEnvironment(this),
        attachment: Stack.of(this).toJsonString(writeAttachment(order)),
      },
    }).function;
    // A run that fails starts the alarm; the next one is the retry.
    this.function.configureAsyncInvoke({ retryAttempts: 0 });
    this.function.addToRolePolicy(readingStatement(poolArn));
    new Rule(this, 'Schedule', {
      description: 'Compares the user pool with what the stack wants of it',
      schedule: Schedule.rate(every),
      targets: [new LambdaFunction(this.function, { deadLetterQueue: deadLetters, maxEventAge: every })],
    });
  }

  #tooLong(order: AttachmentOrder): string[] {
    const bytes = lengthOf(Stack.of(this).resolve(writeAttachment(order)));
    if (bytes <= MAX_BYTES) return [];
    return [
      `watchPool: what the pool is compared with must fit into ${MAX_BYTES} bytes of the environment of its check, and takes ${bytes}. ` +
        'Name fewer clients in reportingClients, or raise AuthSessionValidity at those that wait less long than a code is valid ' +
        'rather than accepting it (<client id>:session)',
    ];
  }
}
