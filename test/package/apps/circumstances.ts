// What large apps do: a qualifier of their own, boundaries, tags, stages, nested stacks, and names in their own language.
import {
  App,
  DefaultStackSynthesizer,
  Duration,
  NestedStack,
  PermissionsBoundary,
  Stack,
  Stage,
  Tags,
} from 'aws-cdk-lib';
import { AccountRecovery, ClientAttributes, UserPool } from 'aws-cdk-lib/aws-cognito';
import { PermissionsBoundary as Boundary, ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { EmailOtp } from 'cognito-email-otp';

const app = new App({ defaultStackSynthesizer: new DefaultStackSynthesizer({ qualifier: 'shopping' }) });

const secondFactor = (stack: Stack, id: string, emailSender: string): void => {
  const userPool = new UserPool(stack, `Users of ${id}`, {
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
  new EmailOtp(stack, id, { userPool, emailSender, codeLifetime: Duration.minutes(10) });
};

const stage = new Stage(app, 'Test', { permissionsBoundary: PermissionsBoundary.fromName('developers') });
secondFactor(new Stack(stage, 'Läden.v2', { stackName: 'Laeden' }), 'Zweiter Faktor', 'test@example.com');
const live = new Stack(app, 'Live');
secondFactor(live, 'Email.Otp', 'otp@example.com');
secondFactor(live, 'Prüfung', 'staff@example.com');
const boundary = ManagedPolicy.fromManagedPolicyName(live, 'Boundary', 'operators');
Boundary.of(live).apply(boundary);
secondFactor(new NestedStack(live, 'Nested'), 'EmailOtp', 'nested@example.com');
for (const part of [stage, live]) Tags.of(part).add('team', 'sign-in');
