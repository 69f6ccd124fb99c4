import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../../shared/command/failure.ts';
import { shippedTexts } from '../../../shared/language/shipped-texts.ts';
import { writeLocalOutputs } from '../../../shared/messages/stack/outputs.ts';
import { buildCommands } from '../../../tools/package/commands.ts';
import { publishedManifest } from '../../../tools/package/manifest.ts';
import { buildPage } from '../../../web/build/page-files.ts';
import { type AwsStandIn, environmentFor, startAwsStandIn } from '../../support/system/aws-stand-in.ts';
import { type Command, program } from '../../support/system/command.ts';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  waitForCode,
} from '../../support/system/local-system.ts';

// The commands as the published package has them, away from the repository. Their stack is in a stand-in of CloudFormation; behind
// its outputs is a local system.

let folder: string;
let system: TestSystem;
let aws: AwsStandIn;
let user: TestUser;
let environment: Readonly<Record<string, string>>;

/** The outputs of the local system's stack, as those of a construct in an app's stack, beside a second one. */
const outputsOf = ({ outputs }: TestSystem): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(outputs).flatMap(([name, value = '']) => [
      [`StaffOtp${name}`, value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')],
      [`ShopOtp${name}`, 'x'],
    ]),
  );

const run = (...args: readonly string[]): Command =>
  program(process.execPath, [join(folder, 'bin/cognito-email-otp.mjs'), ...args], environment, folder);

/** What a command prints that ends with this code. */
const outputOf = async (exit: number, ...args: readonly string[]): Promise<string> => {
  const running = run(...args);
  expect(await running.ended, running.output()).toBe(exit);
  return running.output();
};

const STACK = ['--stack', 'Shop', '--region', 'us-east-1', '--otp', 'StaffOtp'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'package-'));
  await Promise.all([buildCommands(folder), buildPage(folder)]);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(publishedManifest()));
  cpSync(new URL('../../../shared/texts', import.meta.url), join(folder, 'texts'), { recursive: true });
  aws = await startAwsStandIn();
  system = await startTestSystem();
  aws.outputs = outputsOf(system);
  environment = {
    ...environmentFor(aws),
    AWS_ENDPOINT_URL: system.url,
    AWS_ENDPOINT_URL_CLOUDFORMATION: aws.endpoint,
    AWS_ENDPOINT_URL_STS: aws.endpoint,
  };
  user = await createUser(system);
});
afterAll(async () => {
  aws[Symbol.dispose]();
  await stopTestSystem(system);
  rmSync(folder, { recursive: true });
});

describe('the package’s program', () => {
  it('lists its commands and says its version', async () => {
    const help = await outputOf(EXIT.done, '--help');
    const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));

    expect(help).toMatch(/^npx cognito-email-otp <command> \[options\]\n\n {2}audit {9}what became of codes/);
    expect(await outputOf(EXIT.done, '--version')).toBe(`${version}\n`);
  });

  it.each(['audit', 'unlock', 'rotate-key', 'attach', 'detach', 'sign-in', 'build-page'])(
    'explains %s without the repository’s ways',
    async (name) => {
      const help = await outputOf(EXIT.done, name, '--help');

      expect(help).toMatch(new RegExp(`^npx cognito-email-otp ${name} `));
      expect(help).not.toContain('npm');
      expect(await outputOf(EXIT.usage, name, '--nowhere')).toBe(
        `Unknown option '--nowhere'; for help: npx cognito-email-otp ${name} --help\n`,
      );
    },
  );

  it('wants to be told the stack, where no local system was started', async () => {
    expect(await outputOf(EXIT.usage, 'audit')).toBe(
      '--stack is missing; it names the deployed stack, for instance --stack Auth. For a local system here, start it first: npx cognito-email-otp start; for help: npx cognito-email-otp audit --help\n',
    );
  });

  it('names the command that is nearest to one that it does not have', async () => {
    expect(await outputOf(EXIT.usage, 'adit')).toMatch(/^There is no command "adit"; the nearest is "audit"/);
  });
});

describe('the package’s commands', () => {
  it('sign-in signs in with the code that was mailed', async () => {
    const { email, password, poolId, clientId } = user;
    const pool = ['--pool-id', poolId, '--client-id', clientId];
    const person = run('sign-in', '--username', email, '--password', password, ...pool);
    await person.prints(/Code \(or "resend" or "status"\): /);

    person.type(await waitForCode(system, user));

    expect(await person.ended, person.output()).toBe(0);
    expect(person.output()).toContain(`Signed in as ${email}`);
    expect(person.stderr()).toBe('');
  });

  it('audit tells that sign-in, and asks which of several constructs is meant', async () => {
    const { email } = user;

    expect(await outputOf(EXIT.done, 'audit', '--user', email, ...STACK)).toMatch(/verified/);
    expect(await outputOf(EXIT.usage, 'audit', '--user', email, ...STACK.slice(0, 4))).toContain(
      'The stack "Shop" has several: StaffOtp, ShopOtp. Choose one, for instance --otp StaffOtp',
    );
  });

  it('audit tells it of the local system that was started in the current folder', async () => {
    const local = join(folder, '.local');
    mkdirSync(local);
    writeLocalOutputs(local, { ...system.outputs, endpoint: system.url, region: 'us-east-1', inbox: '' });

    expect(await outputOf(EXIT.done, 'audit', '--user', user.email)).toMatch(/verified/);
    rmSync(local, { recursive: true });
  });

  it('unlock and rotate-key do their work in the roles of the stack', async () => {
    const reason = ['--reason', 'called'];

    expect(await outputOf(EXIT.refused, 'unlock', '--user', user.email, ...reason, ...STACK)).toContain(
      'is not locked',
    );
    expect(await outputOf(EXIT.done, 'rotate-key', ...STACK)).toMatch(/^A new key holds for codes from /);
    expect(aws.received.filter(({ body }) => body.includes('Action=AssumeRole'))).toHaveLength(2);
  });

  it('build-page writes the page of a company’s pool, in all languages', async () => {
    const [out, mail] = [join(folder, 'www'), join(folder, 'mail')];
    mkdirSync(mail);
    writeFileSync(join(mail, 'mail.json'), JSON.stringify({ brand: { name: 'Example' } }));
    const pool = ['--pool-id', 'eu-west-1_AbC', '--client-id', '1h57kf'];

    await outputOf(EXIT.done, 'build-page', ...pool, '--mail', mail, '--return-to', '/app/', '--out', out);

    const html = readFileSync(join(out, 'index.html'), 'utf8');
    expect(html).toContain('cognito-idp.eu-west-1.amazonaws.com');
    expect(JSON.parse(readFileSync(join(out, 'config.json'), 'utf8'))).toMatchObject({
      userPoolId: 'eu-west-1_AbC',
      brand: { name: 'Example' },
      returnTo: ['/app/'],
    });
    // English is in the page's script.
    expect(html).not.toContain('assets/texts-en-');
    for (const tag of Object.keys(shippedTexts()).filter((shipped) => shipped !== 'en')) {
      const [path = ''] = new RegExp(`assets/texts-${tag}-\\w+\\.json`).exec(html) ?? [];
      expect(JSON.parse(readFileSync(join(out, path), 'utf8')), tag).toHaveProperty('page.signInTitle');
    }
  });
});
