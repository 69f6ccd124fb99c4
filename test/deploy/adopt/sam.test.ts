/** The example for SAM on MiniStack: its README's commands, by the SAM CLI, and a sign-in. */
import { dirname } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { MINISTACK, type Ministack, startMinistack } from '../../support/ministack/ministack.ts';
import { commandsIn, createShell, type Shell, succeed } from '../../support/ministack/shell.ts';
import { deployed } from '../../support/ministack/stack.ts';
import { claimsOf, cognitoOf, createUser, signInAs } from '../../support/ministack/users.ts';
import { pythonEnvironment } from '../../support/process/python.ts';

const SAM = {
  title: 'the SAM CLI',
  folder: 'sam',
  requirements: new URL('../sam-requirements.txt', import.meta.url),
};
const LOG_SHOWN = 4_000;
const say = (text: string): void => console.log(text);

let ministack: Ministack;
let shell: Shell;

beforeAll(async () => {
  ministack = await startMinistack(await pythonEnvironment(MINISTACK, say));
  shell = await createShell(ministack, say, [dirname(await pythonEnvironment(SAM, say))]);
});
afterAll(() => ministack?.end());
beforeEach(({ onTestFailed }) =>
  onTestFailed(() => console.log(`MiniStack's log:\n${ministack.log().slice(-LOG_SHOWN)}`)),
);

it('deploys a pool with the second factor as a nested stack, and signs a user in with claims of its own', async () => {
  const commands = Object.values(commandsIn('examples/sam/README.md')).join('\n');
  const nested =
    (await succeed(shell, `export SAM_CLI_TELEMETRY=0\n${commands}`)).trim().split('\n').at(-1) ?? '';

  expect(nested).toContain('EmailOtp');
  const { outputs } = await deployed(ministack, 'shop');
  const ada = await createUser(cognitoOf(ministack), outputs, 'ada@example.com');
  const result = await signInAs(ministack, ada);
  if (result.kind === 'refused') throw new Error(result.reason);
  expect(claimsOf(result.tokens.IdToken)).toMatchObject({
    sub: ada.userId,
    email_otp: 'verified',
    team: 'support',
  });
});
