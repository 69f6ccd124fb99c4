// A user pool whose codes come in mails with the company's brand and words.
import { App, Duration, Stack } from 'aws-cdk-lib';
import { AccountRecovery, ClientAttributes, UserPool } from 'aws-cdk-lib/aws-cognito';
import { type Brand, EmailOtp } from 'cognito-email-otp';

const app = new App();
const stack = new Stack(app, 'Shop');

const userPool = new UserPool(stack, 'Users', {
  signInAliases: { email: true },
  accountRecovery: AccountRecovery.NONE,
  keepOriginal: { email: true },
});

userPool.addClient('Web', {
  authFlows: { custom: true },
  disableOAuth: true,
  preventUserExistenceErrors: true,
  authSessionValidity: Duration.minutes(15),
  writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
});

const brand: Brand = {
  name: 'Café Example',
  logoUrl: 'https://www.example.com/mail/logo.png',
  logoWidth: 120,
  accentColor: '#1172bf',
  supportUrl: 'https://www.example.com/help',
  replyTo: 'help@example.com',
  footer: 'Café Example · 1 Example Street · Exampletown',
};

new EmailOtp(stack, 'EmailOtp', {
  userPool,
  // The name beside it is the brand's.
  emailSender: 'otp@example.com',
  // By this, mails are signed by example.com: the outputs have the records to publish.
  senderIdentity: 'domain',
  mail: { brand, texts: 'texts', defaultLocale: 'sv' },
});
