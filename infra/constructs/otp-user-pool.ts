import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import type { CreateAuthChallenge } from './create-auth-challenge.ts';
import type { DefineAuthChallenge } from './define-auth-challenge.ts';
import type { VerifyAuthChallenge } from './verify-auth-challenge.ts';

export interface OtpUserPoolProps {
  readonly settings: Pick<Settings, 'sessionValidity' | 'deletionProtection'>;
  readonly defineAuthChallenge: DefineAuthChallenge;
  readonly createAuthChallenge: CreateAuthChallenge;
  readonly verifyAuthChallenge: VerifyAuthChallenge;
}

/** The user pool, its triggers, and the one client: password by SRP, then the code, and no other way in. */
export class OtpUserPool extends Construct {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, { settings, ...triggers }: OtpUserPoolProps) {
    super(scope, id);
    this.userPool = new UserPool(this, 'Pool', {
      signInAliases: { email: true },
      signInCaseSensitive: false,
      selfSignUpEnabled: false,
      // The mailbox receives the codes, so it must not be able to replace the password as well.
      accountRecovery: AccountRecovery.NONE,
      // A new address becomes the second factor only once it is verified.
      keepOriginal: { email: true },
      passwordPolicy: {
        minLength: 8,
        requireLowercase: false,
        requireUppercase: false,
        requireDigits: false,
        requireSymbols: false,
      },
      mfa: Mfa.OFF,
      featurePlan: FeaturePlan.LITE,
      deletionProtection: settings.deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN,
      lambdaTriggers: {
        defineAuthChallenge: triggers.defineAuthChallenge.function,
        createAuthChallenge: triggers.createAuthChallenge.function,
        verifyAuthChallengeResponse: triggers.verifyAuthChallenge.function,
      },
    });
    this.client = this.userPool.addClient('Client', {
      // SRP runs inside custom authentication. With USER_SRP_AUTH open, the password alone would yield tokens.
      authFlows: { custom: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      authSessionValidity: Duration.minutes(settings.sessionValidity),
      writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
    });
  }
}
