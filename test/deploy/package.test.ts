/** The package in an app of somebody else, installed from its tarball, deployed by the unmodified CDK to MiniStack. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ACCOUNT_ID } from '../../local/ground/template.ts';
import { MINISTACK, type Ministack, startMinistack } from '../support/ministack/ministack.ts';
import {
  claimsOf,
  codeFor,
  cognitoOf,
  createUser,
  giveCodeOnce,
  signInAs,
} from '../support/ministack/users.ts';
import { CONSTRUCTS, installIn, NEWEST_CDK, succeedIn } from '../support/package/workspace.ts';
import { pythonEnvironment } from '../support/process/python.ts';
import { createSay } from '../support/process/say.ts';

const ROOT = join(import.meta.dirname, '../..');
/** The command line is another package than the app's, as one that is installed globally. */
const CDK = join(ROOT, 'node_modules/aws-cdk/bin/cdk');
const STACKS = ['OwnPool', 'OwnPoolWithTokens', 'L1Pool', 'L1PoolWithTokens'] as const;
type StackName = (typeof STACKS)[number];

const say = createSay();

let ministack: Ministack;
let app: string;

const cdk = (...args: readonly string[]): Promise<string> =>
  succeedIn(
    app,
    process.execPath,
    [CDK, ...args, '--app', 'node app.ts', '--no-notices', '--ci', '--no-validation'],
    ministack.environment,
  );

const deploy = (stacks: readonly StackName[], ...settings: readonly string[]): Promise<string> =>
  cdk('deploy', ...stacks, '--require-approval', 'never', '--progress', 'events', ...settings);

beforeAll(async () => {
  ministack = await startMinistack(await pythonEnvironment(MINISTACK, say));
  app = join(ministack.folder, 'shop');
  mkdirSync(app);
  say('installing the tarball …');
  await installIn(app, {
    'aws-cdk-lib': NEWEST_CDK,
    constructs: CONSTRUCTS,
    'cognito-email-otp': `file:${inject('tarball')}`,
  });
  cpSync(join(ROOT, 'test/package/apps/deployed.ts'), join(app, 'app.ts'));
  cpSync(join(ROOT, 'test/package/apps/token-claims'), join(app, 'token-claims'), { recursive: true });
  await cdk('bootstrap', `aws://${ACCOUNT_ID}/us-east-1`);
  say('bootstrapped, deploying …');
  await deploy(STACKS);
  say(`deployed ${STACKS.join(', ')}`);
}, 400_000);
afterAll(() => ministack?.end());

/** What the construct has written for the commands, and the app's own client. */
const outputsOf = async (stack: StackName): Promise<Readonly<Record<string, string>>> => {
  const client = new CloudFormationClient(ministack.clients);
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
  client.destroy();
  return Object.fromEntries(
    (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
};

const userOf = async (stack: StackName, email: string) => {
  const { EmailOtpUserPoolId: UserPoolId = '', ClientId: UserPoolClientId = '' } = await outputsOf(stack);
  return createUser(cognitoOf(ministack), { UserPoolId, UserPoolClientId }, email);
};

const signInTo = async (stack: StackName, email: string) => signInAs(ministack, await userOf(stack, email));

const tokensOf = async (stack: StackName, email: string) => {
  const result = await signInTo(stack, email);
  if (result.kind === 'refused') throw new Error(result.reason);
  return { id: claimsOf(result.tokens.IdToken), access: claimsOf(result.tokens.AccessToken) };
};

test.each(['OwnPool', 'L1Pool'] as const)(
  '%s: a sign-in takes the code, and the token says so',
  async (stack) => {
    const { id, access } = await tokensOf(stack, `ada@${stack.toLowerCase()}.example.com`);

    expect(id).toMatchObject({ token_use: 'id', email_otp: 'verified' });
    expect(access).toMatchObject({ token_use: 'access' });
    say(`${stack}: signed in, email_otp=${id.email_otp}`);
  },
);

describe('with a pre token generation function of the app', () => {
  test('OwnPoolWithTokens (V1_0): the ID token has the claims of both, and the guard’s wins', async () => {
    const { id } = await tokensOf('OwnPoolWithTokens', 'ada@own.example.com');

    expect(id).toMatchObject({ tenant: 'shop', email_otp: 'verified' });
    say(`OwnPoolWithTokens: tenant=${id.tenant}, email_otp=${id.email_otp}`);
  });

  test('L1PoolWithTokens (V2_0): both tokens have the claims of both', async () => {
    const { id, access } = await tokensOf('L1PoolWithTokens', 'ada@l1.example.com');

    expect(id).toMatchObject({ tenant: 'shop', email_otp: 'verified' });
    expect(access).toMatchObject({ tenant: 'shop', email_otp: 'verified' });
    say(`L1PoolWithTokens: access token tenant=${access.tenant}, email_otp=${access.email_otp}`);
  });

  // Users read nothing of what the function has said.
  const REFUSED = 'Something went wrong on our side. Please try again.';

  test.each(['OwnPoolWithTokens', 'L1PoolWithTokens'] as const)(
    '%s: if it fails there are no tokens',
    async (stack) => {
      const signingIn = giveCodeOnce(
        ministack,
        await userOf(stack, `fails@${stack.toLowerCase()}.example.com`),
      );

      await expect(signingIn).rejects.toThrow(REFUSED);
      await expect(signingIn).rejects.not.toThrow('tenant');
      say(`${stack}: the function failed, no tokens`);
    },
  );

  test('if it is slow there are no tokens, and the answer comes within the time that Cognito gives', async () => {
    const user = await userOf('L1PoolWithTokens', 'slow@l1.example.com');
    let answered = 0;
    const signingIn = giveCodeOnce(ministack, user, () => {
      answered = Date.now();
    });

    await expect(signingIn).rejects.toThrow(REFUSED);

    const seconds = (Date.now() - answered) / 1_000;
    expect(seconds).toBeGreaterThan(3);
    expect(seconds).toBeLessThan(5);
    say(`the function was slow, no tokens ${seconds.toFixed(1)} s after the code`);
  });
});

test('the audit command of the package reads the trail of an app’s stack', async () => {
  const command = join(app, 'node_modules/.bin/cognito-email-otp');
  const args = [command, 'audit', '--stack', 'L1Pool', '--user', 'ada@l1pool.example.com'];

  const printed = await succeedIn(app, process.execPath, args, ministack.environment);

  expect(printed).toContain('VERIFIED');
  expect(printed).not.toContain('ada@l1pool.example.com');
});

test('a changed setting is taken in an update: the same pool, and codes of 8 digits', async () => {
  const before = await outputsOf('L1Pool');

  await deploy(['L1Pool'], '-c', 'codeLength=8');

  expect(await outputsOf('L1Pool')).toEqual(before);
  const user = await userOf('L1Pool', 'ben@l1pool.example.com');
  expect((await signInAs(ministack, user)).kind).toBe('signedIn');
  expect(await codeFor(ministack, user)).toMatch(/^\d{8}$/);
  say('updated to codeLength=8');
}, 120_000);

test('the stacks go, with their pools', async () => {
  await cdk('destroy', ...STACKS, '--force');

  const gone = await Promise.all(
    STACKS.map((stack) =>
      outputsOf(stack).then(
        () => stack,
        () => 'gone',
      ),
    ),
  );
  expect(gone).toEqual(STACKS.map(() => 'gone'));
  say('destroyed');
}, 120_000);
