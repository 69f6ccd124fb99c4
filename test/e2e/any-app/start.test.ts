import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { readMails } from '../../../local/api/mails.ts';
import type { InboxMail } from '../../../local/engines/ses/inbox.ts';
import { clientSettings } from '../../../local/system.ts';
import { type LocalOutputs, readLocalOutputs } from '../../../shared/messages/stack/outputs.ts';
import { programOf } from '../../support/apps/synthesize-app.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { type Command, program } from '../../support/system/command.ts';
import { freePort } from '../../support/system/free-port.ts';
import { codeOf } from '../../support/system/local-system.ts';
import { isAlive } from '../../unit/local/engines/lambda/a-lambda.ts';

// `npm start` with an app of somebody else, from the command line to a changed setting.

const ANN = { email: 'ann@example.com', password: 'Battery-staple-9', groups: ['staff'] };

const person = mkdtempSync(join(tmpdir(), 'person-'));
const folder = join(person, 'local');
const cdkOut = join(person, 'cdk.out');

/** The person's folder has an app that reads its settings from cdk.json. */
const writeSettings = (context: object): void =>
  writeFileSync(join(person, 'cdk.json'), JSON.stringify({ context }));

const synthesizeThere = (codeLength: string): Promise<unknown> =>
  promisify(execFile)(process.execPath, [programOf('shop')], {
    env: { ...process.env, CDK_OUTDIR: cdkOut, CDK_CONTEXT_JSON: JSON.stringify({ codeLength }) },
  });

const start = async (...args: readonly string[]): Promise<Command> =>
  program(
    process.execPath,
    ['local/main.ts', '--port', String(await freePort()), '--folder', folder, ...args],
    { INIT_CWD: person },
  );

const outputs = (): LocalOutputs => readLocalOutputs(folder) as LocalOutputs;

/** Returns the status. */
const askToReload = async (): Promise<number> =>
  (await fetch(`${outputs().endpoint}/_local/reload`, { method: 'POST' })).status;

const mailsToAnn = async (): Promise<readonly InboxMail[]> => {
  const all = (await (await fetch(`${outputs().endpoint}/_local/inbox.json`)).json()) as InboxMail[];
  return readMails(all, { to: ANN.email });
};

/** Signs in through the client with this name, and returns the code. */
const signIn = async (name: string): Promise<string> => {
  const { endpoint, pools: [pool] = [] } = outputs();
  const client = new CognitoIdentityProviderClient(clientSettings(endpoint));
  const { userPoolClientId: clientId = '' } = pool?.clients.find((one) => one.name === name) ?? {};
  const credentials = { ...ANN, username: ANN.email, poolId: pool?.userPoolId ?? '', clientId };
  const before = (await mailsToAnn()).length;
  const step = await provePassword(client, credentials);
  await expect.poll(async () => (await mailsToAnn()).length, { timeout: 30_000 }).toBe(before + 1);
  const code = codeOf((await mailsToAnn()).at(-1) as InboxMail);
  const { AuthenticationResult } = await answerCode(client, credentials, step, code);
  expect(AuthenticationResult?.AccessToken).toBeDefined();
  return code;
};

/** Takes over what `change` changes. */
const afterChange = async (system: Command, change: () => unknown): Promise<void> => {
  const readyCount = () => system.output().split('\nready ').length;
  const before = readyCount();
  await change();
  await expect.poll(readyCount, { timeout: 60_000, interval: 200 }).toBe(before + 1);
};

beforeAll(async () => {
  writeFileSync(join(person, 'users.json'), JSON.stringify([ANN]));
  await synthesizeThere('6');
});

describe('npm start -- --template', () => {
  let system: Command;
  beforeAll(async () => {
    system = await start('--template', 'cdk.out', '--users', 'users.json');
    await system.prints(/^ready/m);
  });
  afterAll(() => system.end());

  it('prints what a page signs in with, and what is left alone', () => {
    const { endpoint, pools: [pool] = [] } = outputs();
    const lines = system
      .output()
      .split('\n')
      .map((line) => line.trim().replace(/\s+/g, ' '));

    expect(lines).toEqual(
      expect.arrayContaining([
        `userPoolId ${pool?.userPoolId}`,
        `userPoolEndpoint ${endpoint}`,
        ...(pool?.clients ?? []).map(
          (client) => `userPoolClientId ${client.userPoolClientId} (${client.name})`,
        ),
      ]),
    );
    expect(pool?.clients).toHaveLength(2);
    expect(system.output()).toMatch(/left alone {5}.*1 × AWS::S3::Bucket.*\(all of it: .*left-alone\.txt\)/);
    expect(readFileSync(join(folder, 'left-alone.txt'), 'utf8')).toMatch(
      /^Shop\tAWS::S3::Bucket\t.*Uploads$/m,
    );
    expect(system.output()).not.toContain('demo user');
    expect(system.output()).toMatch(
      /users {10}1 created, 0 kept\n {2}sign in .* --username ann@example\.com/,
    );
  });

  it('has the users of the file, in their groups', async () => {
    const { endpoint, UserPoolId } = outputs();
    const client = new CognitoIdentityProviderClient(clientSettings(endpoint));

    const { Groups = [] } = await client.send(
      new AdminListGroupsForUserCommand({ UserPoolId, Username: ANN.email }),
    );

    expect(Groups.map(({ GroupName }) => GroupName)).toEqual(['staff']);
    expect(await signIn('CustomersWeb')).toHaveLength(6);
  });

  it('takes over an app that is synthesized again, and keeps its users', async () => {
    const before = outputs();

    await afterChange(system, () => synthesizeThere('8'));

    expect(outputs()).toEqual(before);
    expect(await signIn('mobile')).toHaveLength(8);
  });

  it('goes on with the old one if the new one cannot be run', async () => {
    writeFileSync(join(cdkOut, 'Shop.template.json'), '{"Resources": {}}');

    await system.prints(/is not taken over, and the one before it goes on: There is no EmailOtp in Shop/);

    expect(await signIn('CustomersWeb')).toHaveLength(8);
  });
});

describe('npm start -- --app', () => {
  let system: Command;
  beforeAll(async () => {
    writeSettings({ codeLength: '6' });
    system = await start('--app', `"${process.execPath}" "${programOf('shop')}"`, '--users', 'users.json');
    await system.prints(/^ready/m);
  });
  afterAll(() => system.end());

  it('says how it is taken over where there is no terminal', () => {
    expect(system.output()).toContain(`curl --request POST ${outputs().endpoint}/_local/reload`);
  });

  it('synthesizes the app with its own settings, and does so again when it is asked to', async () => {
    const before = await signIn('CustomersWeb');

    await afterChange(system, () => {
      writeSettings({ codeLength: '10' });
      return askToReload();
    });

    expect([before.length, (await signIn('CustomersWeb')).length]).toEqual([6, 10]);
  });

  it('goes on with the old one if the command fails, and shows what it printed', async () => {
    writeSettings({ codeLength: '99' });
    expect(await askToReload()).toBe(202);

    await system.prints(
      /goes on:\n(?:.|\n)*codeLength must be a whole number from 6 to 10(?:.|\n)*failed \(1\)/,
    );

    expect(await signIn('CustomersWeb')).toHaveLength(10);
  });

  it('ends when its terminal is closed', async () => {
    const { endpoint } = outputs();

    system.hangUp();

    expect(await system.ended).toBe(0);
    await expect(fetch(`${endpoint}/_local/ready.json`)).rejects.toThrow('fetch failed');
  });
});

it('ends the command that synthesizes, if it is ended before that is done', async () => {
  const pidFile = join(person, 'pid');
  writeFileSync(
    join(person, 'slow.cjs'),
    "require('node:fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1e6);",
  );
  const system = await start('--app', `"${process.execPath}" slow.cjs; true`);
  const pid = () => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0);
  await expect.poll(pid, { timeout: 10_000 }).toBeGreaterThan(0);

  await system.end();

  expect(await system.ended).toBe(143);
  await expect.poll(() => isAlive(pid()), { timeout: 5_000 }).toBe(false);
});

it.each([
  [['--template', 'nowhere'], /nowhere does not exist\. Give the folder that `cdk synth` wrote/],
  [['--app', 'exit 3'], /"exit 3" failed \(3\)/],
  [['--app', 'true'], /"true" wrote no app/],
  [['--app', 'true', '-c', 'codeLength=8'], /-c is for this repository's own stack/],
  [['--stack', 'Shop'], /--stack and --parameter are for an app of yours/],
])('%j is refused, saying what to do', async (args, words) => {
  const command = await start(...args);

  expect(await command.ended).not.toBe(0);
  expect(command.output()).toMatch(words);
});
