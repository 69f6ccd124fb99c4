/** The READMEs of the examples that are CDK apps, word by word, with the package's tarball and MiniStack. */
import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ACCOUNT_ID } from '../../../local/ground/template.ts';
import { MINISTACK, type Ministack, startMinistack } from '../../support/ministack/ministack.ts';
import { commandsIn, createShell, type Shell, succeed } from '../../support/ministack/shell.ts';
import { cdkSucceeds, deployed } from '../../support/ministack/stack.ts';
import { pythonEnvironment } from '../../support/process/python.ts';

const EXAMPLES = fileURLToPath(new URL('../../../examples', import.meta.url));
/** By the example: the stack that its README deploys. */
const STACKS: Readonly<Record<string, string>> = {
  'branded-mail': 'Shop',
  'own-pool': 'Shop',
  'pre-token-function': 'Shop',
  'two-environments': 'ShopTest',
};

let ministack: Ministack;
let shell: Shell;

beforeAll(async () => {
  ministack = await startMinistack(await pythonEnvironment(MINISTACK, console.log));
  shell = await createShell(ministack, console.log);
  // Somebody at a terminal is asked whether the roles are all right.
  writeFileSync(join(ministack.folder, 'home/.cdk.json'), JSON.stringify({ requireApproval: 'never' }));
  await cdkSucceeds(ministack, ['bootstrap', `aws://${ACCOUNT_ID}/us-east-1`]);
}, 400_000);
afterAll(() => ministack?.end());

/** Copies an example, with the tarball in place of the published package. */
const copy = (name: string): string => {
  const folder = join(ministack.folder, name);
  cpSync(join(EXAMPLES, name), folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  manifest.dependencies['cognito-email-otp'] = `file:${inject('tarball')}`;
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  // MiniStack's identities have no tokens for DKIM, which the outputs of a domain name.
  const app = join(folder, 'app.ts');
  const source = readFileSync(app, 'utf8');
  writeFileSync(app, source.replaceAll("senderIdentity: 'domain'", "senderIdentity: 'existing'"));
  return folder;
};

/** Is run locally, by test/package/local-e2e.test.ts. */
const NOT_DEPLOYED = 'local-e2e';

test('each of them is known here', () => {
  const apps = globSync('*/cdk.json', { cwd: EXAMPLES }).map(dirname);

  expect(apps.filter((name) => name !== NOT_DEPLOYED).toSorted()).toEqual(Object.keys(STACKS));
});

test.each(Object.entries(STACKS))(
  'examples/%s is installed, synthesized and deployed as its README says',
  async (name, stack) => {
    const lines = Object.values(commandsIn(`examples/${name}/README.md`))
      .join('\n')
      .trim();
    expect(lines).toContain('npx cdk deploy');

    await succeed(shell, `cd '${copy(name)}'\n${lines}`);

    const { outputs } = await deployed(ministack, stack);
    expect(outputs.EmailOtpUserPoolId).toMatch(/^us-east-1_/);
    await succeed(shell, `cd '${join(ministack.folder, name)}'; npx cdk destroy ${stack} --force`);
  },
  180_000,
);
