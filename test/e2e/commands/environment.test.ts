import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InboxMail } from '../../../local/engines/ses/inbox.ts';
import { EXIT } from '../../../shared/command/failure.ts';
import { type LocalOutputs, readLocalOutputs } from '../../../shared/messages/stack/outputs.ts';
import { type Command, program } from '../../support/system/command.ts';
import { freePort } from '../../support/system/free-port.ts';
import { codeOf } from '../../support/system/local-system.ts';

// An operator's terminal is set up for AWS and its CDK, behind a proxy. The local system and the commands that talk to it take no notice.

const AUDIT = 'commands/audit/audit.ts';
const UNLOCK = 'commands/unlock/unlock.ts';
const DEMO = ['--username', 'demo@example.com', '--password', 'correct-horse'];
/** Nobody listens there. */
const NOBODY = 'http://127.0.0.1:9';

const PROFILE = `[profile operator]
region = eu-west-3
role_arn = arn:aws:iam::111122223333:role/operator
source_profile = missing
endpoint_url = ${NOBODY}
use_fips_endpoint = true
use_dualstack_endpoint = true
retry_mode = sometimes
`;

/** A setting that synthesis would refuse, if it heard of it. */
const CDK_CONTEXT = { context: { codeLength: '99' } };

const environmentIn = (folder: string): Readonly<Record<string, string>> => {
  const config = join(folder, 'config');
  writeFileSync(config, PROFILE);
  writeFileSync(join(folder, '.cdk.json'), JSON.stringify(CDK_CONTEXT));
  const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];
  return {
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: config,
    AWS_PROFILE: 'operator',
    AWS_DEFAULT_PROFILE: 'operator',
    AWS_REGION: 'eu-west-3',
    AWS_DEFAULT_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'AKIAOPERATOR',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_USE_DUALSTACK_ENDPOINT: 'true',
    AWS_ENDPOINT_URL: NOBODY,
    AWS_ENDPOINT_URL_DYNAMODB: NOBODY,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: NOBODY,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: NOBODY,
    AWS_ENABLE_ENDPOINT_DISCOVERY: 'true',
    AWS_ACCOUNT_ID_ENDPOINT_MODE: 'required',
    AWS_CA_BUNDLE: join(folder, 'missing.pem'),
    AWS_DEFAULTS_MODE: 'auto',
    AWS_RETRY_MODE: 'sometimes',
    AWS_MAX_ATTEMPTS: 'many',
    HOME: folder,
    USERPROFILE: folder,
    CDK_PROFILE: 'operator',
    CDK_DEFAULT_REGION: 'eu-west-3',
    NODE_USE_ENV_PROXY: '1',
    NO_PROXY: 'example.com',
    no_proxy: 'example.com',
    ...Object.fromEntries(proxies.map((name) => [name, NOBODY])),
  };
};

let folder: string;
let environment: Readonly<Record<string, string>>;
let system: Command;
let outputs: LocalOutputs;

const run = (entry: string, ...args: readonly string[]): Command =>
  program(
    process.execPath,
    ['tools/run.mjs', entry, ...args, '--folder', join(folder, 'local')],
    environment,
  );

/** The output of a command that ends with this code. */
const outputOf = async (exit: number, entry: string, ...args: readonly string[]): Promise<string> => {
  const running = run(entry, ...args);
  expect(await running.ended, running.output()).toBe(exit);
  return running.output();
};

const mailedCode = async (): Promise<string> => {
  const mails = (await (await fetch(`${outputs.endpoint}/_local/inbox.json`)).json()) as readonly InboxMail[];
  return mails.map(codeOf).at(-1) ?? '';
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'email-otp-environment-'));
  environment = environmentIn(folder);
  system = run('local/main.ts', '--port', String(await freePort()));
  await system.prints(/^ready/m);
  outputs = readLocalOutputs(join(folder, 'local')) as LocalOutputs;
});
afterAll(async () => {
  await system.end();
  rmSync(folder, { recursive: true, force: true });
});

describe('in a terminal that is set up for AWS, its CDK and a proxy', () => {
  it('npm start serves the stack in its own region and with its own settings', () => {
    expect(outputs.UserPoolId).toMatch(/^us-east-1_/);
  });

  it('npm run sign-in signs in with the code that was mailed', async () => {
    const person = run('commands/sign-in/sign-in.ts', ...DEMO);
    await person.prints(/Code \(or "resend" or "status"\): /);
    await expect.poll(mailedCode, { timeout: 15_000 }).toMatch(/^\d{6}$/);

    person.type(await mailedCode());

    expect(await person.ended, person.output()).toBe(0);
    expect(person.output()).toMatch(/Signed in as demo@example\.com \(sub \S+\)/);
  });

  it('npm run audit, unlock and rotate-key work', async () => {
    const trail = await outputOf(EXIT.done, AUDIT, '--user', 'demo@example.com', '--json');
    const [first = ''] = trail.split('\n');
    const { userId } = JSON.parse(first);

    const ofSub = await outputOf(EXIT.done, AUDIT, '--sub', userId);
    const unlocked = await outputOf(EXIT.refused, UNLOCK, '--sub', userId, '--reason', 'called');
    const rotated = await outputOf(EXIT.done, 'commands/rotate-key/rotate-key.ts');

    expect(ofSub).toMatch(/verified/i);
    expect(unlocked).toContain(`User ${userId} is not locked`);
    expect(rotated).toMatch(/new key/i);
  });
});
