/** A CDK app with the second factor for a user pool that it does not make. The context says which, and how it is attached. */
import { App, CfnOutput, CustomResource, Stack } from 'aws-cdk-lib';
import { LambdaVersion, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { EmailOtp } from '../../infra/email-otp.ts';

const app = new App();
const say = (name: string): string | undefined => app.node.tryGetContext(name);

const reporting = JSON.parse(say('reporting') ?? '{}');
const stack = new Stack(app, say('stackName') ?? 'Attached', { env: { region: 'us-east-1' } });
const userPool = UserPool.fromUserPoolId(stack, 'Users', say('userPoolId') ?? '');
const otp = new EmailOtp(stack, 'EmailOtp', {
  userPool,
  emailSender: 'otp@example.com',
  senderIdentity: 'existing',
  codeLength: Number(say('codeLength') ?? 6),
  // Of events of the first version MiniStack takes no claims where the pool says the version, as AWS and attach do.
  preTokenGenerationVersion: LambdaVersion.V2_0,
  reportingClients: reporting,
  existingPool: { attachBy: say('attachBy') === 'command' ? 'command' : 'deployment', accept: ['recovery'] },
});

/** Fails in an update, after the pool has been attached anew. */
const failing = new CustomResource(stack, 'Failing', {
  resourceType: 'Custom::Failing',
  serviceToken: new LambdaFunction(stack, 'FailingFunction', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline(`
exports.handler = async ({ ResponseURL, StackId, RequestId, LogicalResourceId, RequestType, ResourceProperties }) => {
  const isRefused = RequestType !== 'Delete' && ResourceProperties.fails === 'true';
  const body = { Status: isRefused ? 'FAILED' : 'SUCCESS', Reason: 'as the test asked', PhysicalResourceId: 'failing', StackId, RequestId, LogicalResourceId };
  await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify(body) });
};`),
  }).functionArn,
  properties: { fails: say('fails') ?? 'false' },
});
failing.node.addDependency(otp);
new CfnOutput(stack, 'Fails', { value: say('fails') ?? 'false' });
