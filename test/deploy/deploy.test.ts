/**
 * The stack on an emulator of AWS that is not part of this project: the unmodified CDK command line bootstraps, deploys,
 * updates and destroys it on MiniStack. Each test continues where the one before ended.
 */
import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { provePassword } from '../../commands/sign-in/sign-in-flow.ts';
import type { Challenge } from '../../shared/domain/challenge.ts';
import { invoke, logLines } from '../support/ministack/api.ts';
import { REPORTS, report } from '../support/ministack/feedback.ts';
import { MINISTACK, type Ministack, startMinistack } from '../support/ministack/ministack.ts';
import {
  bootstrap,
  cdk,
  cdkSucceeds,
  countByType,
  type Deployment,
  deploy,
  templateResources,
} from '../support/ministack/stack.ts';
import {
  claimsOf,
  codeFor,
  cognitoOf,
  createUser,
  type DeployedUser,
  challengeOf as latestChallengeOf,
  letTimePass,
  signInAs,
} from '../support/ministack/users.ts';
import { run } from '../support/process/process.ts';
import { pythonEnvironment } from '../support/process/python.ts';
import { createSay } from '../support/process/say.ts';
import { findNotShown, toText } from './not-shown.ts';

const MINUTE = 60_000;
/** Characters of the emulator's log that a failure shows. */
const LOG_SHOWN = 4_000;
/** The installation of MiniStack not counted. A run usually takes a third of this. */
const LIMIT_MS = 5 * MINUTE;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const say = createSay();

let ministack: Ministack;
let deadline: NodeJS.Timeout;
let deployment: Deployment;
/** Signs in. */
let ada: DeployedUser;
/** Never answers. */
let ben: DeployedUser;
/** Signs in after the update. */
let clara: DeployedUser;
/** Ada's challenge. */
let challenge: Challenge;

beforeAll(async () => {
  ministack = await startMinistack(await pythonEnvironment(MINISTACK, say));
  deadline = setTimeout(() => {
    say('this takes too long; MiniStack is ended, and what still needs it fails');
    void ministack.end();
  }, LIMIT_MS);
  say(`MiniStack ${ministack.health.version} listens at ${ministack.url}`);
  await bootstrap(ministack);
  say('bootstrapped, deploying …');
}, 4 * MINUTE);
afterAll(async () => {
  clearTimeout(deadline);
  await ministack?.end();
});
beforeEach(({ onTestFailed }) =>
  onTestFailed(() => console.log(`MiniStack's log:\n${ministack.log().slice(-LOG_SHOWN)}`)),
);

const challengeOf = (user: DeployedUser) => latestChallengeOf(ministack, deployment, user);

const answers = (url: string): Promise<boolean> => fetch(url).then(Boolean, () => false);

describe('the stack, deployed by the CDK as it is', () => {
  it('is taken whole: every resource of the template is there', async () => {
    deployment = await deploy(ministack);

    const template = Object.values(templateResources(ministack))
      .map(({ Type }) => Type)
      // It creates nothing: it only reports to AWS which constructs are in use, and MiniStack does not list it.
      .filter((type) => type !== 'AWS::CDK::Metadata');
    const deployed = countByType(deployment.resources.map(({ ResourceType }) => ResourceType));
    expect(deployed).toEqual(countByType(template));
    expect(new Set(deployment.resources.map(({ ResourceStatus }) => ResourceStatus))).toEqual(
      new Set(['CREATE_COMPLETE']),
    );
    say(`deployed ${template.length} resources:`);
    for (const [type, count] of Object.entries(deployed))
      console.log(`  ${String(count).padStart(3)}  ${type}`);
  });

  it('is reached from this machine alone', async () => {
    const elsewhere = Object.values(networkInterfaces())
      .flatMap((addresses = []) => addresses)
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    const reached = elsewhere.map(({ address }) => answers(ministack.url.replace('127.0.0.1', address)));

    expect(await answers(ministack.url)).toBe(true);
    expect(await Promise.all(reached)).toEqual(elsewhere.map(() => false));
  });

  it('signs a user in with the password and the mailed code', async () => {
    ada = await createUser(cognitoOf(ministack), deployment.outputs, 'ada@example.com');

    const result = await signInAs(ministack, ada);

    if (result.kind === 'refused') throw new Error(result.reason);
    expect(claimsOf(result.tokens.IdToken)).toMatchObject({ token_use: 'id', sub: ada.userId });
    expect(claimsOf(result.tokens.AccessToken)).toMatchObject({ token_use: 'access', sub: ada.userId });
    expect(result.tokens.RefreshToken).toBeTruthy();
    say('ada@example.com signed in with the code from the mail, and has tokens');
  });

  it('has the trail of the sign-in, which npm run audit reads from the deployed stack', async () => {
    challenge = await challengeOf(ada);
    const args = ['commands/audit/audit.ts', '--stack', 'EmailOtp', '--user', 'ada@example.com', '--json'];
    const { code, output } = await run(process.execPath, ['tools/run.mjs', ...args], ministack.environment);

    expect(code).toBe(0);
    const line = /^\{.*\}$/m.exec(output)?.[0] ?? '{}';
    const { outcome, events } = JSON.parse(line) as { outcome: string; events: readonly { name: string }[] };
    expect(outcome).toBe('VERIFIED');
    expect(events.map(({ name }) => name)).toEqual(['1#REQUESTED', '1#SENT', 'VERIFIED', 'TOKENS_ISSUED']);
    expect(challenge).toMatchObject({ userId: ada.userId, outcome: 'VERIFIED', recipient: 'a***@e***.com' });
    expect(JSON.stringify(challenge)).not.toContain('ada@example.com');
    say(`its trail: ${events.map(({ name }) => name).join(', ')}`);
  });

  it.each(Object.entries(REPORTS))(
    'records a report of SES as %s: the rule takes the event, its target writes it down',
    {
      timeout: MINUTE,
    },
    async (fact, outcome) => {
      const { matched } = await report(ministack, deployment, challenge, outcome);

      expect(matched).toBe(true);
      await vi.waitFor(async () => {
        const { events } = await challengeOf(ada);
        expect(events[`1#${fact}`]).toMatchObject({ by: 'record-feedback' });
      }, 15_000);
      say(`a report of SES went through a copy of the deployed rule into the trail: ${fact}`);
    },
  );

  it('keeps a report that cannot be processed in the dead-letter queue', async () => {
    const configurationSet = deployment.physicalId('AWS::SES::ConfigurationSet', 'MailSender');
    const malformed = {
      eventType: 'Bounce',
      messageId: 'message-1',
      tags: {
        'ses:configuration-set': [configurationSet],
        user: [ada.userId],
        challenge: [challenge.challengeId],
        delivery: ['none'],
      },
    };

    await invoke(ministack, deployment.physicalId('AWS::Lambda::Function', 'RecordFeedback'), malformed);

    const sqs = new SQSClient(ministack.clients);
    const QueueUrl = deployment.outputs.DeadLetterQueueUrl;
    const { Messages = [] } = await vi.waitFor(async () => {
      const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
      expect(received.Messages).toHaveLength(1);
      return received;
    }, 20_000);
    expect(JSON.parse(Messages[0]?.Body ?? '{}')).toMatchObject({ requestPayload: malformed });
    say('a report that cannot be processed waits in the dead-letter queue');
  });

  it('has nothing left to deploy: cdk diff is empty', async () => {
    // This challenge begins here; the schedule closes it while the following tests run.
    ben = await createUser(cognitoOf(ministack), deployment.outputs, 'ben@example.com');
    await provePassword(cognitoOf(ministack), ben);
    await letTimePass(ministack, deployment, await challengeOf(ben));

    const { code, output } = await cdk(ministack, ['diff', '--fail']);

    expect(output).toContain('There were no differences');
    expect(code).toBe(0);
    say('cdk diff --fail: there were no differences');
  });

  it('takes a changed setting in an update, and mails codes of 8 digits', async () => {
    const before = deployment.outputs;
    const { code, output } = await cdk(ministack, ['diff', '--fail'], { codeLength: '8' });
    expect(output).toMatch(/CODE_LENGTH/);
    expect(code).toBe(1);

    deployment = await deploy(ministack, { codeLength: '8' });

    expect(deployment.outputs).toEqual(before);
    clara = await createUser(cognitoOf(ministack), deployment.outputs, 'clara@example.com');
    const result = await signInAs(ministack, clara);
    expect(await codeFor(ministack, clara)).toMatch(/^\d{8}$/);
    expect(result.kind).toBe('signedIn');
    say('updated to codeLength=8: the same pool and table, and a sign-in with 8 digits');
  });

  it('closes an abandoned challenge by its schedule', async () => {
    await expect
      .poll(() => challengeOf(ben), { timeout: 90_000, interval: 500 })
      .toMatchObject({ outcome: 'EXPIRED', events: { EXPIRED: { by: 'sweep-challenges' } } });

    say('the schedule closed the challenge that nobody answered');
  });

  it('says what the emulator could not show, and where that is covered', async () => {
    const notShown = await findNotShown({ ministack, deployment, challenge: await challengeOf(clara) });

    console.log(toText(notShown));
    const files = notShown.flatMap(({ coveredBy }) => coveredBy);
    expect(files.filter((file) => !existsSync(`${ROOT}${file}`))).toEqual([]);
  });

  it('goes, and leaves users and trail behind', async () => {
    const retained = Object.entries(templateResources(ministack))
      .filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain')
      .map(([logicalId]) => logicalId);
    const SecretId = deployment.physicalId('AWS::SecretsManager::Secret', 'CodeKey');
    const logGroup = deployment.physicalId('AWS::Logs::LogGroup', 'CreateAuthChallenge');

    await cdkSucceeds(ministack, ['destroy', '--force'], { codeLength: '8' });

    const { UserPoolId, TableName } = deployment.outputs;
    const pool = await cognitoOf(ministack).send(new DescribeUserPoolCommand({ UserPoolId }));
    const table = await new DynamoDBClient(ministack.clients).send(new DescribeTableCommand({ TableName }));
    expect([pool.UserPool?.Id, table.Table?.TableName]).toEqual([UserPoolId, TableName]);
    expect((await challengeOf(ada)).outcome).toBe('VERIFIED');
    const secret = new SecretsManagerClient(ministack.clients).send(new DescribeSecretCommand({ SecretId }));
    await expect(secret).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(logLines(ministack, logGroup)).rejects.toThrow('ResourceNotFoundException');
    say(`destroyed; retained by the template: ${retained.join(', ')}`);
  });
});
