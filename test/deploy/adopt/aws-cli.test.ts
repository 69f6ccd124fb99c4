/** The commands of `examples/aws-cli/README.md` on MiniStack, as they stand there. Each test continues where the one before ended. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MINISTACK, type Ministack, startMinistack } from '../../support/ministack/ministack.ts';
import { commandsIn, createShell, type Shell, succeed } from '../../support/ministack/shell.ts';
import { deployed } from '../../support/ministack/stack.ts';
import { cognitoOf, createUser, signInAs } from '../../support/ministack/users.ts';
import { pythonEnvironment } from '../../support/process/python.ts';

const LOG_SHOWN = 4_000;
const README = 'examples/aws-cli/README.md';
const say = (text: string): void => console.log(text);
const commands = commandsIn(README);
/** What the first lines say to the later ones. */
const VARIABLES = /^export .*$/m.exec(Object.values(commands).join('\n'))?.[0] ?? '';

let ministack: Ministack;
let shell: Shell;

/** Runs what stands under the heading; `further` lines see its variables. */
const follow = (heading: string, further = ''): Promise<string> =>
  succeed(shell, [VARIABLES, commands[heading] ?? 'exit 1', further].join('\n'));

/** What the functions were told. */
const cooldowns = async (): Promise<ReadonlySet<string>> => {
  const path = 'Functions[].Environment.Variables.RESEND_COOLDOWN_SECONDS';
  return new Set(
    JSON.parse(await succeed(shell, `aws lambda list-functions --query '${path}' --output json`)),
  );
};

beforeAll(async () => {
  ministack = await startMinistack(await pythonEnvironment(MINISTACK, say));
  shell = await createShell(ministack, say);
});
afterAll(() => ministack?.end());
beforeEach(({ onTestFailed }) =>
  onTestFailed(() => console.log(`MiniStack's log:\n${ministack.log().slice(-LOG_SHOWN)}`)),
);

const LIMIT_MS = 300_000;

describe('the README for the AWS CLI', { timeout: LIMIT_MS }, () => {
  it('deploys the template with a user pool, and makes a user', async () => {
    await follow('With a user pool of its own');

    const { outputs } = await deployed(ministack, 'email-otp');
    const { UserPoolId: poolId = '', UserPoolClientId: clientId = '' } = outputs;
    const alice = {
      poolId,
      clientId,
      username: 'alice@example.com',
      password: 'correct-horse-battery',
      userId: '',
    };
    expect((await signInAs(ministack, alice)).kind).toBe('signedIn');
  });

  it('changes a setting, and keeps the pool and what else was set', async () => {
    const before = await deployed(ministack, 'email-otp');
    expect(await cooldowns()).toEqual(new Set(['30']));
    await follow('Another setting, and another release');

    const { outputs } = await deployed(ministack, 'email-otp');
    expect(outputs).toEqual(before.outputs);
    expect(await cooldowns()).toEqual(new Set(['60']));
    const ada = await createUser(cognitoOf(ministack), outputs, 'ada@example.com');
    expect((await signInAs(ministack, ada)).kind).toBe('signedIn');
  });

  it('adds the second factor to a pool that is made by hand', async () => {
    const printed = await follow(
      'For a user pool that is made elsewhere',
      `aws cognito-idp list-user-pool-clients --user-pool-id "\${USER_POOL_ARN##*/}" \\
        --query 'UserPoolClients[0].ClientId' --output text`,
    );

    const { outputs } = await deployed(ministack, 'our-otp');
    const UserPoolClientId = printed.trim().split('\n').at(-1) ?? '';
    const eve = await createUser(cognitoOf(ministack), { ...outputs, UserPoolClientId }, 'eve@example.com');
    expect((await signInAs(ministack, eve)).kind).toBe('signedIn');
  });

  it('deletes both', async () => {
    await follow('Delete it');

    for (const stack of ['email-otp', 'our-otp'])
      await expect(deployed(ministack, stack)).rejects.toThrow('does not exist');
  });
});
