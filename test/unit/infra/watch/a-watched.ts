/** A stack with all that the dashboard and the alarms watch, under names that appear in their metrics. */
import { Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Watched } from '../../../../infra/watch/watched.ts';
import { anApp } from '../../../support/infra/templates.ts';

export interface WatchedStack {
  readonly stack: Stack;
  readonly watched: Watched;
}

const REGION = 'us-east-1';
const ACCOUNT = '111122223333';

export const aWatchedStack = (): WatchedStack => {
  const stack = new Stack(anApp(), 'Otp', { env: { region: REGION, account: ACCOUNT } });
  const arn = (service: string, name: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;
  const fn = (name: string) => LambdaFunction.fromFunctionArn(stack, name, arn('lambda', `function:${name}`));
  return {
    stack,
    watched: {
      triggers: {
        'define-auth-challenge': fn('define'),
        'create-auth-challenge': fn('create'),
        'verify-auth-challenge': fn('verify'),
        'guard-tokens': fn('guard'),
      },
      stateMachine: StateMachine.fromStateMachineName(stack, 'Workflow', 'delivery'),
      sweep: fn('sweep'),
      poolCheck: fn('check'),
      reports: fn('reports'),
      deadLetters: Queue.fromQueueArn(stack, 'DeadLetters', arn('sqs', 'dead-letters')),
    },
  };
};
