import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { type Audit, audit, readTrails } from '../../support/sign-in/audit.ts';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  waitForCode,
  wrongCode,
} from '../../support/system/local-system.ts';

let system: TestSystem;
let user: TestUser;
beforeAll(async () => {
  system = await startTestSystem();
  user = await createUser(system);
  const first = await provePassword(system.client, user);
  const code = await waitForCode(system, user);
  const second = await answerCode(system.client, user, first, wrongCode(code));
  await answerCode(system.client, user, second, code);
  await provePassword(system.client, await createUser(system));
  await system.settled();
});
afterAll(() => stopTestSystem(system));

describe('npm run audit', () => {
  it('tells a user’s sign-in step by step, and in one sentence', async () => {
    const { exit, stdout } = await audit(system, '--user', user.email);

    expect(exit).toBe(0);
    const steps = [
      'code requested',
      'mail 1: mailed',
      "mail 1: accepted by the recipient's server",
      'wrong answer',
      'verified',
    ];
    for (const step of steps) expect(stdout).toContain(step);
    expect(stdout).toMatch(/=> mailed [\d:]+.*one wrong answer; verified/);
    expect(stdout).not.toContain(user.email);
  });

  it('prints a line of JSON for each challenge, and nothing else', async () => {
    const { exit, stdout, stderr } = await audit(system, '--json');

    const lines = stdout.split('\n').filter(Boolean);
    expect(exit).toBe(0);
    expect(lines.map((line) => JSON.parse(line))).toEqual(await readTrails(system));
    expect(stderr).toMatch(/2 challenges since .*: 1 OPEN, 1 VERIFIED/);
  });

  it('finds a challenge whose user is not known', async () => {
    const [{ challengeId = '' } = {}] = await readTrails(system);

    const { exit, stdout } = await audit(system, '--challenge', challengeId);

    expect(exit).toBe(0);
    expect(stdout).toContain(challengeId);
  });

  it.each<[number, string, RegExp, readonly string[]]>([
    [3, 'there is no such user', /no such user/, ['--user', 'nobody@example.com']],
    [3, 'nothing is in the range', /--since/, ['--since', '2099-01-01']],
    [2, 'a time cannot be read', /--since/, ['--since', 'yesterday']],
    [2, 'two users are named', /--user|--sub/, ['--user', 'a@example.com', '--sub', 'b']],
  ])('ends with %i where %s, and says what to do', async (code, _, message, options) => {
    const { exit, stdout, stderr }: Audit = await audit(system, ...options);

    expect({ exit, stdout }).toEqual({ exit: code, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
