import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { LIMITS } from '../../../shared/domain/limits.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { audit, writeOutputs } from '../../support/sign-in/audit.ts';
import { command } from '../../support/system/command.ts';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  userIdOf,
  waitForCode,
  wrongCode,
} from '../../support/system/local-system.ts';

// A user whose code is guessed, as the operator and the auditor see it. Each test continues where the one before ended.

let system: TestSystem;
let user: TestUser;
beforeAll(async () => {
  system = await startTestSystem();
  writeOutputs(system);
  user = await createUser(system);
});
afterAll(() => stopTestSystem(system));

/** Uses up all attempts of one challenge. The last one also orders the mail of the next challenge. */
const guess = async (mail: number) => {
  let step = await provePassword(system.client, user);
  const wrong = wrongCode(await waitForCode(system, user, mail));
  for (let attempt = 0; attempt < LIMITS.maxAttempts.default; attempt += 1) {
    step = await answerCode(system.client, user, step, wrong);
  }
};

const unlock = async (...options: readonly string[]) => {
  const running = command('commands/unlock/unlock.ts', '--folder', system.folder, ...options);
  return { exit: await running.ended, output: running.output() };
};

const REASON = 'called, identity checked';

describe('a user who is guessed at', () => {
  it('is locked at the twentieth wrong code in a row, whatever number of sign-ins it took', async () => {
    const last = LIMITS.lockThreshold.default / LIMITS.maxAttempts.default;
    for (let mail = 1; mail < last; mail += 1) await guess(mail);

    await expect(guess(last)).rejects.toThrow(
      /^[^[]*Too many wrong codes, or a mail was reported\. Try again later\. \[LOCKED until /,
    );
    await expect(provePassword(system.client, user)).rejects.toThrow('[LOCKED until ');
  });

  it('is seen to be locked in the audit, by people and by programs', async () => {
    const { exit, stdout } = await audit(system, '--user', user.email);
    const { stdout: json } = await audit(system, '--user', user.email, '--json');

    expect(exit).toBe(0);
    expect(stdout).toMatch(/wrong answer .*\n.*closed: no answers left .*\n.*user locked until /);
    expect(stdout).toMatch(
      /now, times in UTC\n {2}=> locked until [-\d]+ [:\d]+; 20 wrong codes in a row, the last /,
    );
    const lines = json
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    expect(lines.map(({ kind }) => kind)).toEqual([undefined, undefined, undefined, undefined, 'guard']);
    expect(lines.at(-1)).toMatchObject({
      userId: await userIdOf(system, user),
      consecutiveFailures: 20,
      mailsInWindow: 4,
    });
  });
});

describe('npm run unlock', () => {
  it('wants to know why', async () => {
    const { exit, output } = await unlock('--sub', await userIdOf(system, user));

    expect(exit).toBe(2);
    expect(output).toContain('--reason is missing');
  });

  it('says what it found, lets the user sign in again at once, and leaves a word in the trail', async () => {
    const { exit, output } = await unlock('--user', user.email, '--reason', REASON);
    const step = await provePassword(system.client, user);
    const done = await answerCode(system.client, user, step, await waitForCode(system, user, 5));
    const { stdout } = await audit(system, '--user', user.email);

    expect(output).toMatch(
      /before: locked until .*; 20 wrong codes in a row.*\n {2}now: {4}no wrong codes in a row\n/,
    );
    expect(exit).toBe(0);
    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
    expect(stdout).toContain(
      `user unlocked by an operator  [unlock, wrong codes in a row 20, reason ${REASON}]`,
    );
    expect(stdout).not.toContain('=> locked until');
  });

  it.each([
    [4, 'who is not locked', () => userIdOf(system, user), 'is not locked: '],
    [3, 'whom nobody knows', async () => randomUUID(), 'This user has never asked for a code'],
  ])('ends with %i for a user %s', async (code, _, sub, words) => {
    const { exit, output } = await unlock('--sub', await sub(), '--reason', REASON);

    expect(exit).toBe(code);
    expect(output).toContain(words);
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('ends with 3 for an address that nobody in the pool has', async () => {
    const { exit, output } = await unlock('--user', `${randomUUID()}@example.com`, '--reason', REASON);

    expect(exit).toBe(3);
    expect(output).toContain('The pool has no such user.');
  });
});
