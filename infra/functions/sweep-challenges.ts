import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { envSchema } from '../../services/sweep-challenges/config.ts';
import type { EnvironmentOf } from '../../shared/lambda/config.ts';
import type { ChallengeTable } from '../data/challenge-table.ts';
import type { Settings } from '../settings/settings.ts';
import { metricsEnvironment } from '../unique-name.ts';
import { OtpFunction } from './otp-function.ts';

export interface SweepChallengesProps {
  readonly table: ChallengeTable;
  /** Gets the runs that EventBridge could not start. */
  readonly deadLetters: IQueue;
  readonly settings: Settings;
}

/** A run that could not be started within this time is not tried again, because the next one does its work. */
const BETWEEN_RUNS = Duration.minutes(1);

/** Scheduled each minute: gives an outcome to every challenge that is past its time. */
export class SweepChallenges extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { table, deadLetters, settings }: SweepChallengesProps) {
    super(scope, id);
    this.function = new OtpFunction<EnvironmentOf<typeof envSchema>>(this, 'Lambda', {
      service: 'sweep-challenges',
      description: 'Scheduled: closes challenges that are past their time',
      memory: 512,
      // As long as the interval between two runs. If a run does not finish, the next one continues its work.
      timeout: BETWEEN_RUNS,
      settings,
      environment: { ...table.environment, ...metricsEnvironment(this) },
    }).function;
    // The next minute's run is the retry.
    this.function.configureAsyncInvoke({ retryAttempts: 0 });
    table.grantItems(this.function, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    table.grantQueryOpen(this.function);
    new Rule(this, 'EachMinute', {
      description: 'Closes challenges that are past their time',
      schedule: Schedule.rate(BETWEEN_RUNS),
      targets: [
        new LambdaFunction(this.function, { deadLetterQueue: deadLetters, maxEventAge: BETWEEN_RUNS }),
      ],
    });
  }
}
