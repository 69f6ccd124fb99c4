import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { clientSettings } from '../../../local/system.ts';
import type { ChallengeRef } from '../../../shared/domain/challenge.ts';
import { deriveCode } from '../../../shared/domain/code.ts';
import { keyFor, parseKeyring } from '../../../shared/domain/keyring.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { writeOutputs } from '../../support/sign-in/audit.ts';
import { command } from '../../support/system/command.ts';
import { executionsFor } from '../../support/system/local-api.ts';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  waitForCode,
} from '../../support/system/local-system.ts';

/** So long that no code is right by chance. */
const CODE_LENGTH = 10;

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem({ templateFolder: inject('longCodesTemplateFolder') });
  writeOutputs(system);
});
afterAll(() => stopTestSystem(system));

const passMinutes = (minutes: number) => system.clock.adjust({ offsetMs: minutes * 60_000 });

const readKeyring = async (): Promise<string> => {
  const client = new SecretsManagerClient(clientSettings(system.url));
  const SecretId = system.outputs.KeyringSecretArn;
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
  return SecretString;
};

/** Runs the command. Throws if its output shows an old or a new key. */
const rotateKey = async (...options: readonly string[]) => {
  const before = await readKeyring();
  const running = command('commands/rotate-key/rotate-key.ts', '--folder', system.folder, ...options);
  const exit = await running.ended;
  const keyring = await readKeyring();
  for (const key of [before, keyring].flatMap((text) => Object.values<string>(JSON.parse(text)))) {
    if (running.output().includes(key)) throw new Error('The command shows a key');
  }
  return { exit, output: running.output(), before, keyring };
};

const startSignIn = async () => {
  const user = await createUser(system);
  const step = await provePassword(system.client, user);
  const code = await waitForCode(system, user);
  return { user, step, code };
};

const signIn = async () => {
  const { user, step, code } = await startSignIn();
  return { user, code, done: await answerCode(system.client, user, step, code) };
};

/** The code of the user's challenge by this keyring. */
const codeBy = async (keyring: string, user: TestUser): Promise<string> => {
  const [execution] = await executionsFor(system, user);
  const challenge = execution?.input as ChallengeRef;
  return deriveCode(keyFor(parseKeyring(keyring), challenge.challengeId), challenge, CODE_LENGTH);
};

describe('npm run rotate-key', () => {
  it('lets whoever is signing in finish, and gives codes the new key from ten minutes on', async () => {
    const { user, step, code } = await startSignIn();

    const { exit, output, before, keyring } = await rotateKey();
    const done = await answerCode(system.client, user, step, code);
    passMinutes(11);
    const later = await signIn();

    expect(output).toMatch(
      /A new key holds for codes from .* on, in 10 min\. Codes that are out keep working\./,
    );
    expect(exit).toBe(0);
    expect(Object.keys(JSON.parse(keyring))).toHaveLength(2);
    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
    expect(later.done.AuthenticationResult?.IdToken).toBeTruthy();
    expect(later.code).toBe(await codeBy(keyring, later.user));
    expect(later.code).not.toBe(await codeBy(before, later.user));
  });

  it('rotates once a day', async () => {
    const { exit, output, before, keyring } = await rotateKey();

    expect(exit).toBe(4);
    expect(output).toMatch(/less than a day ago\. Nothing was changed\. .*from .* on/);
    expect(keyring).toBe(before);
  });

  it('drops the key that no code can need any more with the next rotation', async () => {
    passMinutes(24 * 60);

    const { exit, before, keyring } = await rotateKey();

    const [first, second] = Object.keys(JSON.parse(before));
    expect(exit).toBe(0);
    expect(Object.keys(JSON.parse(keyring))).toEqual([second, expect.any(String)]);
    expect(Object.keys(JSON.parse(keyring))).not.toContain(first);
  });
});

describe('npm run rotate-key -- --emergency', () => {
  it('asks first, and changes nothing where nobody is there to answer', async () => {
    const { exit, output, before, keyring } = await rotateKey('--emergency');

    expect(exit).toBe(2);
    expect(output).toContain('--emergency needs --yes here');
    expect(keyring).toBe(before);
  });

  it('ends the codes that are out once no function holds the old keys, and a new mail has another code', async () => {
    await signIn(); // From here on, both functions hold the keyring for five minutes.
    passMinutes(4);
    const { user, step, code } = await startSignIn();

    const { exit, output, keyring } = await rotateKey('--emergency', '--yes');
    passMinutes(2);
    const refused = await answerCode(system.client, user, step, code);
    const resent = await answerCode(system.client, user, refused, 'resend', 'resend');
    const newCode = await waitForCode(system, user, 2);
    const done = await answerCode(system.client, user, resent, newCode);

    expect(output).toMatch(/Every code that is out stops working within 5 min[\s\S]*All keys are replaced/);
    expect(exit).toBe(0);
    expect(Object.keys(JSON.parse(keyring))).toEqual(['1970-01-01T00:00:00.000Z']);
    expect(refused.AuthenticationResult).toBeUndefined();
    expect(refused.ChallengeParameters).toMatchObject({ challenge: 'SAME', attemptsLeft: '4' });
    expect(newCode).not.toBe(code);
    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
  });

  it('leaves a system that everybody can sign in to', async () => {
    const { user, code, done } = await signIn();

    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
    expect(code).toBe(await codeBy(await readKeyring(), user));
  });
});
