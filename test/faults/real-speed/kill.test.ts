import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import type { InboxMail } from '../../../local/engines/ses/inbox.ts';
import { clientSettings } from '../../../local/system.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { codeOf, createUser, type TestSystem, type TestUser } from '../../support/system/local-system.ts';
import { report } from '../support/play/fault-suite.ts';
import type { Violation } from '../support/play/play-case.ts';
import { createRandom } from '../support/play/random.ts';
import { SEED, scaled } from '../support/play/run-settings.ts';

const PROGRAM = fileURLToPath(new URL('../../support/system/system-process.ts', import.meta.url));

type KillableSystem = Pick<TestSystem, 'client' | 'poolId' | 'clientId' | 'url'> & {
  readonly process: ChildProcess;
};

let folder: string;
let running: KillableSystem;

const start = async (): Promise<KillableSystem> => {
  const child = spawn(process.execPath, [PROGRAM, folder, inject('templateFolder')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { url, outputs } = JSON.parse(line);
  const client = new CognitoIdentityProviderClient({ ...clientSettings(url), maxAttempts: 1 });
  return { process: child, url, client, poolId: outputs.UserPoolId, clientId: outputs.UserPoolClientId };
};

const kill = async ({ process: child }: KillableSystem): Promise<void> => {
  child.kill('SIGKILL');
  await once(child, 'exit');
};

const mailsTo = async ({ url }: KillableSystem, { email }: TestUser): Promise<readonly InboxMail[]> => {
  const mails = (await (await fetch(`${url}/_local/inbox.json`)).json()) as readonly InboxMail[];
  return mails.filter(({ to }) => to.includes(email));
};

const waitForMail = async (system: KillableSystem, user: TestUser): Promise<InboxMail> => {
  for (let tries = 0; tries < 600; tries += 1) {
    const [mail] = await mailsTo(system, user);
    if (mail !== undefined) return mail;
    await sleep(100);
  }
  throw new Error('No mail arrived within a minute');
};

const create = (system: KillableSystem) => createUser(system as unknown as TestSystem);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'email-otp-kill-'));
  running = await start();
});
afterEach(async () => {
  await kill(running);
  rmSync(folder, { recursive: true, force: true });
});

const KILLED = {
  name: 'the whole system is killed at a random moment',
  invariant: 'once it runs again the mail comes, with one code, and the sign-in is finished',
  rounds: 8,
} as const;

/** Milliseconds after the password within which everything has usually happened. */
const LATEST_MS = 300;

const playKill = async (round: number): Promise<readonly Violation[]> => {
  const user = await create(running);
  const step = await provePassword(running.client, user);
  await sleep(createRandom(SEED, KILLED.name, round).whole(0, LATEST_MS));
  await kill(running);

  running = await start();
  const mail = await waitForMail(running, user);
  const done = await answerCode(running.client, user, step, codeOf(mail));
  const codes = new Set((await mailsTo(running, user)).map(codeOf)).size;
  const problems = [
    ...(done.AuthenticationResult === undefined ? ['the user is not in'] : []),
    ...(codes === 1 ? [] : [`${codes} codes`]),
  ];
  return problems.length === 0 ? [] : [{ round, problems, left: '' }];
};

describe('kill -9 in the middle of a sign-in', () => {
  it(`${KILLED.name}: ${KILLED.invariant}`, async () => {
    const started = performance.now();
    const rounds = scaled(KILLED.rounds);
    const violations: Violation[] = [];
    for (let round = 1; round <= rounds; round += 1) violations.push(...(await playKill(round)));
    const seconds = (performance.now() - started) / 1000;
    report(KILLED, { rounds, seconds, voidTakes: 0, violations });
  }, 300_000);

  it('while the password is being checked: the sign-in starts again cleanly, with one code', async () => {
    const user = await create(running);
    const lost = provePassword(running.client, user).catch(() => undefined);
    await sleep(80);
    await kill(running);
    await lost;

    running = await start();
    const step = await provePassword(running.client, user);
    const done = await answerCode(running.client, user, step, codeOf(await waitForMail(running, user)));

    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
  });

  it('takes the function processes along', async () => {
    const user = await create(running);
    await provePassword(running.client, user);
    const children = childrenOf(running.process.pid ?? 0);
    await kill(running);

    await expect.poll(() => children.filter(isAlive), { timeout: 5000 }).toEqual([]);
    expect(children.length).toBeGreaterThan(0);
    running = await start();
  });
});

const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
