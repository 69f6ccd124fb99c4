import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InboxMail } from '../../../local/engines/ses/inbox.ts';
import { type LocalOutputs, readLocalOutputs } from '../../../shared/messages/stack/outputs.ts';
import { type Command, command, program } from '../../support/system/command.ts';
import { freePort } from '../../support/system/free-port.ts';
import { codeOf, wrongCode } from '../../support/system/local-system.ts';

const START = 'local/main.ts';
const SIGN_IN = 'commands/sign-in/sign-in.ts';
const AUDIT = 'commands/audit/audit.ts';

let folder: string;
let port: number;
let system: Command;
let outputs: LocalOutputs;

const mailsTo = async (address: string): Promise<readonly InboxMail[]> => {
  const mails = (await (await fetch(`${outputs.endpoint}/_local/inbox.json`)).json()) as readonly InboxMail[];
  return mails.filter(({ to }) => to.includes(address));
};

const mailedCode = async (address: string, count = 1): Promise<string> => {
  await expect.poll(async () => (await mailsTo(address)).length, { timeout: 15_000 }).toBe(count);
  return codeOf((await mailsTo(address))[count - 1] as InboxMail);
};

/** Waits until the trail has what SES reports of the mail. */
const reported = (address: string): Promise<unknown> =>
  expect
    .poll(
      async () => {
        const audit = command(AUDIT, '--folder', folder, '--user', address, '--json');
        await audit.ended;
        return audit.output();
      },
      { timeout: 30_000 },
    )
    .toContain('DELIVERED');

const signIn = (username: string, password: string, ...options: readonly string[]): Command =>
  command(SIGN_IN, '--folder', folder, '--username', username, '--password', password, ...options);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'email-otp-commands-'));
  chmodSync(folder, 0o755);
  port = await freePort();
  system = command(START, '--port', String(port), '--folder', folder);
  await system.prints(/^ready/m);
  outputs = readLocalOutputs(folder) as LocalOutputs;
});
afterAll(async () => {
  await system.end();
  rmSync(folder, { recursive: true, force: true });
});

describe('npm start', () => {
  it('says where the services are, where mail arrives and who may sign in', () => {
    expect(system.output()).toContain(`http://127.0.0.1:${port}`);
    expect(system.output()).toContain(outputs.UserPoolId);
    expect(system.output()).toContain(outputs.inbox);
    expect(system.output()).toMatch(/demo user\s+demo@example.com, password \S+/);
  });

  it('tells a program that waits for it that it is ready', async () => {
    const reply = await fetch(`${outputs.endpoint}/_local/ready.json`);

    expect([reply.status, await reply.json()]).toEqual([200, { ready: true }]);
  });

  it('keeps what it writes from other users of the machine, in a folder that was open to them too', () => {
    const paths = [
      folder,
      ...readdirSync(folder, { recursive: true }).map((path) => join(folder, `${path}`)),
    ];

    const open = paths.filter((path) => (statSync(path).mode & 0o077) !== 0);

    expect(paths.map((path) => basename(path))).toContain('state.sqlite');
    expect(open).toEqual([]);
  });

  it('names a port that is in use and how to choose another', async () => {
    const second = command(START, '--port', String(port), '--folder', `${folder}-second`);

    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(new RegExp(`Port ${port} is in use.*--port ${port + 1}`));
  });

  it('says that another system uses its folder', async () => {
    const second = command(START, '--port', String(await freePort()), '--folder', folder);

    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/folder .* is in use/);
  });

  it.each([
    [
      ['-c', 'codeLength=5'],
      2,
      /codeLength must be a whole number from 6 to 10 \(default 6\); for help: npm start -- --help\n$/,
    ],
    [['-c', 'nope=1'], 2, /- nope is not a setting; .*; for help: npm start -- --help\n$/],
    [['--fault', 'sesDown=1'], 2, /--fault: sesDown must be true or false/],
    [['--port', '0'], 2, /--port must be a whole number from 1 to 65535/],
    [['--prot', '1'], 2, /'--prot'/],
  ])('refuses %j with %i and a message that says what to do', async (options, exit, message) => {
    const free = options[0] === '--port' ? [] : ['--port', String(await freePort())];
    const refused = command(START, '--folder', `${folder}-refused`, ...free, ...options);

    expect(await refused.ended).toBe(exit);
    expect(refused.output()).toMatch(message);
    expect(refused.output()).not.toContain('    at ');
  });
});

describe('npm run sign-in', () => {
  it('asks for the code until it is right', async () => {
    const person = signIn('demo@example.com', 'correct-horse');
    await person.prints(/Code \(or "resend" or "status"\): /);
    const code = await mailedCode('demo@example.com');
    await reported('demo@example.com');

    person.type('status');
    await person.prints(
      /A code of 6 digits was sent to d\*\*\*@e\*\*\*\.com\. The mail was delivered: your mail provider has taken it/,
    );
    person.type(wrongCode(code));
    await person.prints(/That is not the code\..*You have 4 tries left/);
    person.type(code);

    expect(await person.ended).toBe(0);
    expect(person.output()).toMatch(/A code of 6 digits (is on its way|was sent) to d\*\*\*@e\*\*\*\.com/);
    expect(person.output()).toMatch(/Signed in as demo@example\.com/);
  });

  it('says that the password is wrong', async () => {
    const person = signIn('demo@example.com', 'not-the-password');

    expect(await person.ended).toBe(1);
    expect(person.output()).toContain('The email address or the password is not right.');
  });

  it('says why the sign-in has ended when the input does', async () => {
    const person = program('sh', [
      '-c',
      `echo 000000 | "$0" tools/run.mjs ${SIGN_IN} --folder "$1" --username demo@example.com --password correct-horse`,
      process.execPath,
      folder,
    ]);

    expect(await person.ended).toBe(1);
    expect(person.output()).toContain('The input ended before an answer was given.');
  });

  it.each([
    [[], 2, /--username is missing/],
    [
      ['--username', 'a@example.com', '--pool-id', 'eu-west-1_abc'],
      2,
      /--pool-id and --client-id go together/,
    ],
    [['--username', 'a@example.com', '--folder', '/nowhere'], 1, /npm start/],
  ])('refuses %j with %i and a message that says what to do', async (options, exit, message) => {
    const refused = command(SIGN_IN, ...options);

    expect(await refused.ended).toBe(exit);
    expect(refused.output()).toMatch(message);
  });
});

const awsCli = spawnSync('aws', ['--version'], { encoding: 'utf8' });
const hasAwsCli = awsCli.status === 0;
if (!hasAwsCli)
  console.log('The AWS CLI was not found, so the steps with it are not run. Install: pip install awscli');

describe.runIf(hasAwsCli)('the AWS CLI', () => {
  const aws = async (...args: readonly string[]): Promise<string> => {
    // The environment that docs/local/engines.md names.
    const environment = {
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: outputs.endpoint,
      AWS_PAGER: '',
    };
    const cli = program(
      'aws',
      ['cognito-idp', ...args, '--user-pool-id', outputs.UserPoolId ?? ''],
      environment,
    );
    expect(await cli.ended, cli.output()).toBe(0);
    return cli.output();
  };

  it('creates a user and sets a password, and the user signs in', async () => {
    const email = `cli-${randomUUID()}@example.com`;
    const attributes = ['--user-attributes', `Name=email,Value=${email}`];
    const created = await aws('admin-create-user', '--username', email, ...attributes);
    await aws('admin-set-user-password', '--username', email, '--password', 'Passw0rd-9', '--permanent');

    const person = signIn(email, 'Passw0rd-9');
    person.type(await mailedCode(email));

    expect(JSON.parse(created).User.UserStatus).toBe('FORCE_CHANGE_PASSWORD');
    expect(await person.ended).toBe(0);
    expect(await aws('admin-get-user', '--username', email)).toContain('CONFIRMED');
    expect(await aws('list-users')).toContain(email);
  });

  it('creates a user with a temporary password, who chooses one and then answers with the code', async () => {
    const email = `cli-${randomUUID()}@example.com`;
    await aws('admin-create-user', '--username', email, '--temporary-password', 'Temp-pass-1');

    const person = signIn(email, 'Temp-pass-1');
    await person.prints(/Choose a new password: /);
    expect(await mailsTo(email)).toHaveLength(0);
    person.type('Chosen-pass-2');
    person.type(await mailedCode(email));

    expect(await person.ended).toBe(0);
    expect(person.output()).toContain(`Signed in as ${email}`);
  });
});
