/** One stack with two pools, each with a second factor of its own. */
import { App, Duration, Stack } from 'aws-cdk-lib';
import { AccountRecovery, ClientAttributes, UserPool } from 'aws-cdk-lib/aws-cognito';
import { EmailOtp } from '../../../infra/email-otp.ts';

const app = new App({ builtinCloudFormationValidation: false });
const stack = new Stack(app, 'Portal');

for (const [id, codeLength] of [
  ['Staff', 8],
  ['Guests', 6],
] as const) {
  const userPool = new UserPool(stack, id, {
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
  new EmailOtp(stack, `${id}Otp`, { userPool, emailSender: `${id.toLowerCase()}@example.com`, codeLength });
}
app.synth();
