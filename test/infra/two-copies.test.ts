import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

// Apps in a monorepo, and apps that link the package, have another copy of the CDK than the constructs do.

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Says on its first line whether it has another copy, and on the second its templates or why there are none. */
const APP = `
import { createRequire } from 'node:module';
import * as cdk from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailOtp } from '${ROOT}infra/email-otp.ts';

const of = createRequire('${ROOT}infra/email-otp.ts')('aws-cdk-lib');
const app = new cdk.App({
  context: { 'aws:cdk:disable-asset-staging': true, 'aws:cdk:bundling-stacks': [] },
  builtinCloudFormationValidation: false,
});
const shop = new cdk.Stack(app, 'Shop');
const userPool = new cognito.UserPool(shop, 'Pool', { accountRecovery: cognito.AccountRecovery.NONE });
userPool.addClient('Web', { authFlows: { custom: true }, disableOAuth: true });
new EmailOtp(shop, 'EmailOtp', {
  userPool,
  emailSender: 'otp@example.com',
  codeLifetime: cdk.Duration.minutes(6),
  auditArchive: true,
  encryptionKey: new Key(shop, 'Key'),
  alarmTopic: new Topic(shop, 'Topic', { masterKey: new Key(shop, 'TopicKey') }),
  preTokenGenerationVersion: cognito.LambdaVersion.V2_0,
});
userPool.addTrigger(
  cognito.UserPoolOperation.POST_AUTHENTICATION,
  new Function(shop, 'Own', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x') }),
);
const resource = new cognito.CfnUserPool(new cdk.Stack(app, 'Plain'), 'Pool', {
  accountRecoverySetting: { recoveryMechanisms: [{ name: 'admin_only', priority: 1 }] },
});
new EmailOtp(resource.stack, 'EmailOtp', { userPool: resource, emailSender: 'otp@example.com' });
if (process.argv[2] === 'unsafe') {
  new cdk.CfnOutput(shop, 'PoolId', { value: userPool.userPoolId, exportName: 'the-pool' });
  new cognito.CfnUserPoolClient(new cdk.Stack(app, 'Web'), 'Client', { userPoolId: cdk.Fn.importValue('the-pool') });
}
console.log(of.Stack !== cdk.Stack);
try {
  console.log(JSON.stringify(app.synth().stacks.map(({ template }) => template)));
} catch (error) {
  console.log(JSON.stringify(error.message));
}
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'two-copies-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'app.mjs'), APP);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A Node that does not resolve the link finds a second copy behind it. */
const TWO_COPIES = ['--preserve-symlinks', '--preserve-symlinks-main'];

const run = (flags: readonly string[], ...args: readonly string[]) => {
  const output = execFileSync(process.execPath, [...flags, join(folder, 'app.mjs'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [isOther, result = ''] = output.split('\n');
  return { hasTwoCopies: isOther === 'true', result: JSON.parse(result) };
};

it('an app with another copy of the CDK deploys what one with the same copy does', () => {
  const [one, two] = [run([]), run(TWO_COPIES)];

  expect([one.hasTwoCopies, two.hasTwoCopies]).toEqual([false, true]);
  expect(two.result).toHaveLength(2);
  expect(two.result).toEqual(one.result);
});

it('an unsafe client is found there too, behind an export of another stack', () => {
  const { result } = run(TWO_COPIES, 'unsafe');

  expect(result).toContain('The client Web/Client lets users sign in without the code');
});
