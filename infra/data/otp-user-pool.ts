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

/** The mailbox receives the codes, so it must not also be a way to replace the password. */
const RECOVERY: Readonly<Record<Settings['accountRecovery'], AccountRecovery>> = {
  none: AccountRecovery.NONE,
  phone: AccountRecovery.PHONE_ONLY_WITHOUT_MFA,
};

/**
 * A user pool with one client: users sign in by SRP and then the code, and in no other way. `EmailOtp` adds the triggers.
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
      // Somebody who signs up chooses the mailbox, so only administrators create users.
      selfSignUpEnabled: false,
      accountRecovery: RECOVERY[settings.accountRecovery],
      // Cognito needs a role only to send text messages.
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
      // SRP runs inside custom authentication. If USER_SRP_AUTH were allowed, the password alone would give tokens.
      authFlows: { custom: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      authSessionValidity: settings.sessionValidity,
      // Not the address or the phone number: a change of either could give a factor to somebody else.
      writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
    });
  }
}
