/**
 * The CloudFormation template on MiniStack: the AWS CLI deploys it by its parameters alone, with a pool of its own and for a
 * pool that somebody else has made. Each test continues where the one before ended.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../../shared/domain/limits.ts';
import { parseUserLimits } from '../../shared/messages/stack/user-limits.ts';
import { writeTemplate } from '../../tools/template/write-template.ts';
import { sendersOf } from '../support/ministack/api.ts';
import { MINISTACK, type Ministack, startMinistack } from '../support/ministack/ministack.ts';
import { createShell, type Shell, succeed } from '../support/ministack/shell.ts';
import { type Deployment, deployed } from '../support/ministack/stack.ts';
import { claimsOf, codeFor, cognitoOf, createUser, signInAs } from '../support/ministack/users.ts';
import { pythonEnvironment } from '../support/process/python.ts';

const LOG_SHOWN = 4_000;
const BUCKET = 'email-otp-code';
const say = (text: string): void => console.log(text);

let ministack: Ministack;
let shell: Shell;

/** `KEY=value …` as `aws cloudformation create-stack` takes it. */
const written = (parameters: Readonly<Record<string, string>>): string =>
  Object.entries({ CodeBucket: BUCKET, EmailSender: 'otp@example.com', ...parameters })
    .map(([name, value]) => `ParameterKey=${name},ParameterValue=${value}`)
    .join(' ');

const createStack = (name: string, pool: string, parameters: Readonly<Record<string, string>> = {}) =>
  shell(
    `aws cloudformation create-stack --stack-name ${name} --capabilities CAPABILITY_IAM \\
      --template-url https://s3.us-east-1.amazonaws.com/${BUCKET}/${pool}/template.json \\
      --parameters ${written({ CodePrefix: `${pool}/`, ...parameters })}`,
  );

/** The CLI's own waiting asks every 30 seconds. */
const untilSettled = async (StackName: string): Promise<string> => {
  const client = new CloudFormationClient(ministack.clients);
  for (;;) {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    const { StackStatus = '', StackStatusReason } = Stacks[0] ?? {};
    if (!StackStatus.endsWith('_IN_PROGRESS'))
      return [StackStatus, StackStatusReason].filter(Boolean).join(': ');
    await sleep(200);
  }
};

beforeAll(async () => {
  ministack = await startMinistack(await pythonEnvironment(MINISTACK, say));
  shell = await createShell(ministack, say);
  await succeed(shell, `aws s3 mb s3://${BUCKET}`);
  for (const pool of ['own', 'existing'] as const) {
    const folder = `${ministack.folder}/${pool}`;
    writeTemplate(folder, { pool, given: { removalPolicy: 'destroy' } });
    await succeed(shell, `aws s3 cp --recursive --only-show-errors ${folder} s3://${BUCKET}/${pool}/`);
  }
});
afterAll(() => ministack?.end());
beforeEach(({ onTestFailed }) =>
  onTestFailed(() => console.log(`MiniStack's log:\n${ministack.log().slice(-LOG_SHOWN)}`)),
);

const signsIn = async (outputs: Deployment['outputs'], address: string): Promise<void> => {
  const user = await createUser(cognitoOf(ministack), outputs, address);
  const result = await signInAs(ministack, user);
  if (result.kind === 'refused') throw new Error(result.reason);
  expect(claimsOf(result.tokens.IdToken)).toMatchObject({ token_use: 'id', sub: user.userId });
};

describe('the template with a pool of its own', () => {
  // For a list of values MiniStack has words of its own.
  const WRONG = [
    ['CodeLength', '6.5', 'must be a whole number from 6 to 10'],
    ['CodeLength', '11', 'must be a whole number from 6 to 10'],
    ['LockDuration', '5', 'must be a whole number of minutes from 10 to 1440'],
    ['SessionValidity', '16', 'must be a whole number of minutes from 10 to 15'],
    ['LogRetention', '91', 'is not in AllowedValues: '],
    ['EmailSender', 'Shop <otp@example.com>', 'must be a plain address, such as otp@example.com'],
    ['CodePrefix', 'own', 'must be a prefix that ends with a slash'],
  ] as const;

  it.each(WRONG)(
    'is refused with a wrong %s (%s), which says what it must be',
    async (name, value, range) => {
      const { code, output } = await createStack('wrong-otp', 'own', { [name]: `'${value}'` });

      expect(code).not.toBe(0);
      expect(output).toMatch(new RegExp(`Parameter '?${name}'? .*${range}`));
    },
  );

  let deployment: Deployment;

  it('is taken whole, with parameters alone', async () => {
    await createStack('shop-otp', 'own', { CodeLength: '8', LockDuration: '20', SenderName: "'The Shop'" });

    expect(await untilSettled('shop-otp')).toBe('CREATE_COMPLETE');
    deployment = await deployed(ministack, 'shop-otp');
  });

  it('signs a user in, by a code that is as long as the parameter says', async () => {
    await signsIn(deployment.outputs, 'ada@example.com');

    expect(await codeFor(ministack, { username: 'ada@example.com' })).toMatch(/^\d{8}$/);
  });

  it('has the name beside the address that codes are sent from', async () => {
    expect(await sendersOf(ministack, 'ada@example.com')).toEqual(['"The Shop" <otp@example.com>']);
  });

  it('has the limits for the commands in its outputs, times in seconds', () => {
    const limits = parseUserLimits(deployment.outputs.GuardLimits ?? '');

    expect(limits).toMatchObject({ lockDuration: 20 * 60, lockThreshold: LIMITS.lockThreshold.default });
  });

  it('has its trail read by the commands', async () => {
    const { output } = await shell(
      'npm run --silent audit -- --stack shop-otp --user ada@example.com --json',
    );

    expect(output).toContain('"outcome":"VERIFIED"');
  });

  it('stands beside another one in the same account and region', async () => {
    await createStack('staff-otp', 'own', { EmailSender: 'staff@example.com' });

    expect(await untilSettled('staff-otp')).toBe('CREATE_COMPLETE');
    const alarmsOf = async (stackName: string) =>
      (await deployed(ministack, stackName)).resources
        .filter(({ ResourceType }) => ResourceType === 'AWS::Logs::LogGroup')
        .map(({ PhysicalResourceId }) => PhysicalResourceId);
    expect(new Set([...(await alarmsOf('shop-otp')), ...(await alarmsOf('staff-otp'))]).size).toBe(18);
  });

  it('goes, when its stack is deleted', async () => {
    await succeed(shell, 'aws cloudformation delete-stack --stack-name shop-otp');

    await expect(untilSettled('shop-otp')).rejects.toThrow('does not exist');
    await expect(signsIn(deployment.outputs, 'ben@example.com')).rejects.toThrow();
  });
});

describe('the template for a pool that somebody else makes', () => {
  /** The pool and its client, made by hand from what the stack put out. */
  const makePool = async (outputs: Deployment['outputs']) => {
    const pool = JSON.parse(
      await succeed(
        shell,
        `aws cognito-idp create-user-pool --pool-name ours --lambda-config '${outputs.LambdaConfig}'`,
      ),
    ).UserPool;
    const client = JSON.parse(
      await succeed(
        shell,
        `aws cognito-idp create-user-pool-client --client-name web --user-pool-id ${pool.Id} \
          --explicit-auth-flows ALLOW_CUSTOM_AUTH ALLOW_REFRESH_TOKEN_AUTH`,
      ),
    ).UserPoolClient;
    return { id: pool.Id, arn: pool.Arn, clientId: client.ClientId };
  };

  let deployment: Deployment;
  let pool: Awaited<ReturnType<typeof makePool>>;

  it('makes no pool, and puts out what one needs', async () => {
    await createStack('our-otp', 'existing');

    expect(await untilSettled('our-otp')).toBe('CREATE_COMPLETE');
    deployment = await deployed(ministack, 'our-otp');
    expect(deployment.resources.map(({ ResourceType }) => ResourceType)).not.toContain(
      'AWS::Cognito::UserPool',
    );
    expect(deployment.outputs).not.toHaveProperty('UserPoolId');
    const { LambdaConfig = '', DefineAuthChallengeArn, GuardTokensArn } = deployment.outputs;
    expect(JSON.parse(LambdaConfig)).toMatchObject({
      DefineAuthChallenge: DefineAuthChallengeArn,
      PreTokenGeneration: GuardTokensArn,
    });
  });

  it('signs a user of that pool in', async () => {
    pool = await makePool(deployment.outputs);

    await signsIn({ UserPoolId: pool.id, UserPoolClientId: pool.clientId }, 'eve@example.com');
  });

  it('prints commands that let the pool call the functions', async () => {
    await succeed(shell, `USER_POOL_ARN=${pool.arn}\n${deployment.outputs.Permissions}`);

    const policy = await succeed(
      shell,
      `aws lambda get-policy --function-name ${deployment.outputs.GuardTokensArn}`,
    );
    expect(policy).toContain(pool.arn);
  });

  it('lets the pool call the functions by itself when it is told the pool', async () => {
    await createStack('told-otp', 'existing', {
      UserPoolArn: pool.arn,
      EmailSender: 'told@example.com',
      ReportingClients: `${pool.clientId}=2027-03-01`,
      SmsRoleArn: 'arn:aws:iam::000000000000:role/texts',
    });

    expect(await untilSettled('told-otp')).toBe('CREATE_COMPLETE');
    const told = await deployed(ministack, 'told-otp');
    const permissions = told.resources.filter(
      ({ ResourceType, LogicalResourceId = '' }) =>
        ResourceType === 'AWS::Lambda::Permission' && LogicalResourceId.endsWith('Permission'),
    );
    expect(permissions).toHaveLength(4);
    expect(told.outputs.UserPoolId).toBe(pool.id);
    expect(JSON.parse(told.outputs.ReportingClients ?? '')).toEqual({
      [pool.clientId]: { until: '2027-03-01T00:00:00.000Z' },
    });
    expect(told.resources.map(({ LogicalResourceId }) => LogicalResourceId)).toContain('SmsRoleArnPolicy');
  });
});
