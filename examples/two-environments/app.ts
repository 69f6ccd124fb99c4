// Two environments of one app: one to try things out, one that people rely on.
import { App, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AccountRecovery, ClientAttributes, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailOtp, type EmailOtpProps } from 'cognito-email-otp';
import type { Construct } from 'constructs';

interface SignInProps extends StackProps {
  readonly otp: Omit<EmailOtpProps, 'userPool'>;
}

class SignIn extends Stack {
  constructor(scope: Construct, id: string, { otp, ...props }: SignInProps) {
    super(scope, id, props);
    const userPool = new UserPool(this, 'Users', {
      signInAliases: { email: true },
      accountRecovery: AccountRecovery.NONE,
      keepOriginal: { email: true },
      removalPolicy: otp.removalPolicy ?? RemovalPolicy.RETAIN,
    });
    userPool.addClient('Web', {
      authFlows: { custom: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      authSessionValidity: Duration.minutes(15),
      writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
    });
    const alarmTopic = new Topic(this, 'Alarms');
    new EmailOtp(this, 'EmailOtp', { alarmTopic, ...otp, userPool });
  }
}

const app = new App();

new SignIn(app, 'ShopTest', {
  otp: {
    emailSender: 'otp@test.example.com',
    senderIdentity: 'domain',
    removalPolicy: RemovalPolicy.DESTROY,
  },
});

new SignIn(app, 'ShopLive', {
  terminationProtection: true,
  otp: {
    emailSender: 'Shop <otp@example.com>',
    senderIdentity: 'domain',
    deletionProtection: true,
    auditRetention: Duration.days(731),
  },
});
