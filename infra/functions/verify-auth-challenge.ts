import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { envSchema } from '../../services/verify-auth-challenge/config.ts';
import type { EnvironmentOf } from '../../shared/lambda/config.ts';
import type { AddressKey } from '../data/address-key.ts';
import type { ChallengeTable } from '../data/challenge-table.ts';
import type { CodeKey } from '../data/code-key.ts';
import type { Settings } from '../settings/settings.ts';
import { metricsEnvironment } from '../unique-name.ts';
import type { DeliveryWorkflow } from './delivery-workflow.ts';
import { OtpFunction, TRIGGER_TIMEOUT } from './otp-function.ts';

export interface VerifyAuthChallengeProps {
  readonly table: ChallengeTable;
  readonly addressKey: AddressKey;
  readonly codeKey: CodeKey;
  readonly workflow: DeliveryWorkflow;
  readonly settings: Settings;
}

/** Cognito trigger: derives the code, compares it with the answer, and lets one conditional write decide. */
export class VerifyAuthChallenge extends Construct {
  readonly function: IFunction;

  constructor(
    scope: Construct,
    id: string,
    { table, addressKey, codeKey, workflow, settings }: VerifyAuthChallengeProps,
  ) {
    super(scope, id);
    const { stateMachine } = workflow;
    this.function = new OtpFunction<EnvironmentOf<typeof envSchema>>(this, 'Lambda', {
      service: 'verify-auth-challenge',
      description: 'Cognito trigger: whether the answer is the code',
      memory: 512,
      timeout: TRIGGER_TIMEOUT,
      settings,
      environment: {
        ...table.environment,
        ...metricsEnvironment(this),
        ...codeKey.environment,
        ...addressKey.environment,
        ...(settings.notices && { stateMachineArn: stateMachine.stateMachineArn }),
      },
    }).function;
    table.grantItems(this.function, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    codeKey.grantRead(this.function);
    addressKey.grantRead(this.function);
    if (settings.notices) stateMachine.grantStartExecution(this.function);
  }
}
