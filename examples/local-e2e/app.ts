// A user pool of the app, and the second factor for it.
import { Annotations, App, Duration, Stack } from 'aws-cdk-lib';
import { AccountRecovery, ClientAttributes, UserPool } from 'aws-cdk-lib/aws-cognito';
import { EmailOtp } from 'cognito-email-otp';

const app = new App();
const stack = new Stack(app, 'Shop');

const userPool = new UserPool(stack, 'Users', {
  signInAliases: { email: true },
  // The codes go to the mailbox, so it must not also be a way to a new password.
  accountRecovery: AccountRecovery.NONE,
  keepOriginal: { email: true },
});

userPool.addClient('Web', {
  // Any other flow gives tokens without a code.
  authFlows: { custom: true },
  disableOAuth: true,
  preventUserExistenceErrors: true,
  authSessionValidity: Duration.minutes(15),
  writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
});

new EmailOtp(stack, 'EmailOtp', { userPool, emailSender: 'otp@example.com' });

// Enough to try it. Set senderIdentity to domain before real users get codes: docs/mail.md.
Annotations.of(stack).acknowledgeWarning('EmailOtp-AddressIdentity', 'only we get mails so far');
