import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { envSchema } from '../../services/create-auth-challenge/config.ts';
import type { EnvironmentOf } from '../../shared/lambda/config.ts';
import type { AddressKey } from '../data/address-key.ts';
import type { ChallengeTable } from '../data/challenge-table.ts';
import type { Settings } from '../settings/settings.ts';
import { metricsEnvironment } from '../unique-name.ts';
import type { DeliveryWorkflow } from './delivery-workflow.ts';
import { OtpFunction, TRIGGER_TIMEOUT } from './otp-function.ts';

export interface CreateAuthChallengeProps {
  readonly table: ChallengeTable;
  readonly addressKey: AddressKey;
  readonly workflow: DeliveryWorkflow;
  readonly settings: Settings;
  /** The shortest time that Cognito waits for a code in a client of the pool. */
  readonly sessionValiditySeconds: string;
}

/** Cognito trigger: claims a delivery, records the challenge and starts the workflow. */
export class CreateAuthChallenge extends Construct {
  readonly function: IFunction;

  constructor(
    scope: Construct,
    id: string,
    { table, addressKey, workflow, settings, sessionValiditySeconds }: CreateAuthChallengeProps,
  ) {
    super(scope, id);
    this.function = new OtpFunction<EnvironmentOf<typeof envSchema>>(this, 'Lambda', {
      service: 'create-auth-challenge',
      description: 'Cognito trigger: hands out a challenge and orders its mail',
      memory: 512,
      timeout: TRIGGER_TIMEOUT,
      settings,
      environment: {
        ...table.environment,
        ...metricsEnvironment(this),
        ...addressKey.environment,
        stateMachineArn: workflow.stateMachine.stateMachineArn,
        requireVerifiedEmail: String(settings.requireVerifiedEmail),
        sessionValiditySeconds,
      },
    }).function;
    table.grantItems(this.function, 'dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    addressKey.grantRead(this.function);
    workflow.stateMachine.grantStartExecution(this.function);
  }
}
