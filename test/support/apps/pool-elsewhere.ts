/**
 * A second factor for a pool that its stack does not make: the one with the id of the context, or else that of another stack. And one
 * for a pool of its own, so that the app has one when the context says that the first is `left out`. `existingPool` and
 * `reportingClients` of the context, as JSON, are what the app says of the first.
 */
import { App, Duration, Stack } from 'aws-cdk-lib';
import { AccountRecovery, type IUserPool, UserPool } from 'aws-cdk-lib/aws-cognito';
import { EmailOtp, type EmailOtpProps } from '../../../infra/email-otp.ts';

const app = new App({ builtinCloudFormationValidation: false });
const env = { region: 'us-east-1' };

const aPool = (stack: Stack): UserPool => {
  const pool = new UserPool(stack, 'Pool', {
    signInAliases: { email: true },
    accountRecovery: AccountRecovery.NONE,
    keepOriginal: { email: true },
  });
  pool.addClient('Web', {
    authFlows: { custom: true },
    disableOAuth: true,
    preventUserExistenceErrors: true,
  });
  return pool;
};

const factor = (
  name: string,
  poolOf: (stack: Stack) => IUserPool,
  more: Pick<EmailOtpProps, 'existingPool' | 'reportingClients'> = {},
): void => {
  const stack = new Stack(app, name, { env });
  new EmailOtp(stack, `${name}Otp`, {
    userPool: poolOf(stack),
    emailSender: `${name.toLowerCase()}@example.com`,
    watchPool: Duration.hours(1),
    ...more,
  });
};

const said = (name: string) => JSON.parse(String(app.node.tryGetContext(name) ?? '{}'));

const poolId: unknown = app.node.tryGetContext('poolId');
if (poolId !== 'left out') {
  const id = typeof poolId === 'string' ? poolId : aPool(new Stack(app, 'Users', { env })).userPoolId;
  const [existingPool, reportingClients] = [said('existingPool'), said('reportingClients')];
  const imported = (stack: Stack) => UserPool.fromUserPoolId(stack, 'Imported', id);
  factor('Elsewhere', imported, { existingPool, reportingClients });
}
factor('Own', aPool);
app.synth();
