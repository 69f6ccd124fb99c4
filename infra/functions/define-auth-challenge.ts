import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { envSchema } from '../../services/define-auth-challenge/config.ts';
import type { EnvironmentOf } from '../../shared/lambda/config.ts';
import type { Settings } from '../settings/settings.ts';
import { OtpFunction, TRIGGER_TIMEOUT } from './otp-function.ts';

export interface DefineAuthChallengeProps {
  readonly settings: Settings;
}

/** Cognito trigger: decides which challenge comes next. It reads only the session. */
export class DefineAuthChallenge extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { settings }: DefineAuthChallengeProps) {
    super(scope, id);
    this.function = new OtpFunction<EnvironmentOf<typeof envSchema>>(this, 'Lambda', {
      service: 'define-auth-challenge',
      description: 'Cognito trigger: which challenge comes next in a sign-in',
      memory: 256,
      timeout: TRIGGER_TIMEOUT,
      settings,
      environment: {},
    }).function;
  }
}
