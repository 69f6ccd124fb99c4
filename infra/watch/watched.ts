/** The resources whose metrics the dashboard shows and the alarms watch. */
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';

/** Cognito's triggers by the names of their services. */
export type Triggers = Readonly<
  Record<
    'define-auth-challenge' | 'create-auth-challenge' | 'verify-auth-challenge' | 'guard-tokens',
    IFunction
  >
>;

export interface Watched {
  readonly triggers: Triggers;
  readonly stateMachine: IStateMachine;
  readonly sweep: IFunction;
  /** Takes the reports "this was not me"; undefined if mails have no such link. */
  readonly reports?: IFunction | undefined;
  /** Compares the user pool with what the stack wants of it; undefined if nobody looks. */
  readonly poolCheck?: IFunction | undefined;
  /** Holds the reports of SES that could not be processed, and events that could not be handed over. */
  readonly deadLetters: IQueue;
  /** Holds positions in the table's stream that did not reach the archive; undefined if there is no archive. */
  readonly archiveDeadLetters?: IQueue | undefined;
}

/** One metric of each trigger, by its id in expressions. */
export const ofTriggers = (
  triggers: Triggers,
  what: 'Errors' | 'Throttles' | 'Duration',
  options: MetricOptions,
): Readonly<Record<string, Metric>> =>
  Object.fromEntries(
    Object.entries(triggers).map(([service, fn]) => [
      `${service.split('-')[0]}${what}`,
      fn[`metric${what}`]({ label: service, ...options }),
    ]),
  );
