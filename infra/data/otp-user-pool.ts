import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Settings } from '../settings/settings.ts';

export interface OtpUserPoolProps {
  readonly settings: Pick<
    Settings,
    'sessionValidity' | 'accountRecovery' | 'deletionProtection' | 'removalPolicy'
  >;
}

/** The mailbox receives the codes, so no way of recovery lets it replace the password as well. */
const RECOVERY: Readonly<Record<Settings['accountRecovery'], AccountRecovery>> = {
  none: AccountRecovery.NONE,
  phone: AccountRecovery.PHONE_ONLY_WITHOUT_MFA,
};

/**
 * A user pool and its one client: password by SRP, then the code, and no other way in. `EmailOtp` adds the triggers.
 * docs/security-settings.md says why each setting is as it is.
 */
export class OtpUserPool extends Construct {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, { settings }: OtpUserPoolProps) {
    super(scope, id);
    this.userPool = new UserPool(this, 'Pool', {
      signInAliases: { email: true },
      signInCaseSensitive: false,
      // Whoever signs up chooses the mailbox, so users are made by administrators.
      selfSignUpEnabled: false,
      accountRecovery: RECOVERY[settings.accountRecovery],
      // Cognito needs a role to send text messages, and gets none unless it has to.
      enableSmsRole: settings.accountRecovery === 'phone',
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
      removalPolicy: settings.removalPolicy,
    });
    this.client = this.userPool.addClient('Client', {
      // SRP runs inside custom authentication. With USER_SRP_AUTH open, the password alone would yield tokens.
      authFlows: { custom: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      authSessionValidity: settings.sessionValidity,
      // Neither the address nor the phone number: both are ways to move a factor to somebody else.
      writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
    });
  }
}
