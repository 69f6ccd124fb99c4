import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { envSchema } from '../../services/guard-tokens/config.ts';
import type { EnvironmentOf } from '../../shared/lambda/config.ts';
import type { ChallengeTable } from '../data/challenge-table.ts';
import type { Settings } from '../settings/settings.ts';
import { metricsEnvironment } from '../unique-name.ts';
import { OtpFunction, TRIGGER_TIMEOUT } from './otp-function.ts';

export interface GuardTokensProps {
  readonly table: ChallengeTable;
  readonly settings: Settings;
  /** The app's own pre token generation function. The guard calls it for the tokens that it lets through. */
  readonly preTokenGeneration?: IFunction | undefined;
}

/** Cognito trigger: the last gate before tokens, for every kind of sign-in. */
export class GuardTokens extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { table, settings, preTokenGeneration }: GuardTokensProps) {
    super(scope, id);
    this.function = new OtpFunction<EnvironmentOf<typeof envSchema>>(this, 'Lambda', {
      service: 'guard-tokens',
      description: 'Cognito trigger: no tokens without a verified, unspent challenge',
      memory: 512,
      timeout: TRIGGER_TIMEOUT,
      settings,
      environment: {
        ...table.environment,
        ...metricsEnvironment(this),
        ...(preTokenGeneration && { preTokenFunctionArn: preTokenGeneration.functionArn }),
      },
    }).function;
    table.grantItems(this.function, 'dynamodb:UpdateItem');
    table.grantQuery(this.function);
    if (preTokenGeneration) {
      // grantInvoke would also allow every version and alias.
      this.function.addToRolePolicy(
        new PolicyStatement({
          actions: ['lambda:InvokeFunction'],
          resources: [preTokenGeneration.functionArn],
        }),
      );
    }
  }
}
