import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Faults } from '../../../local/faults/fault-table.ts';
import { type Command, program } from '../../support/system/command.ts';
import { setFaults } from '../../support/system/local-api.ts';
import {
  codeOf,
  createUser,
  mailsTo,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
} from '../../support/system/local-system.ts';

let system: TestSystem;
const running: Command[] = [];
afterAll(async () => {
  await Promise.all(running.map((person) => person.end()));
  await stopTestSystem(system);
});

const ASKED = /^Code \(or "resend" or "status"\): /m;

/** Milliseconds from the question for the code, within which the person is to know what is known by then. */
const KNOWN_WITHIN_MS = 8_000;

const signIn = async (user: TestUser): Promise<Command> => {
  const pool = ['--pool-id', user.poolId, '--client-id', user.clientId];
  const who = ['--username', user.username, '--password', user.password];
  const entry = 'commands/sign-in/sign-in.ts';
  const person = program(process.execPath, ['tools/run.mjs', entry, ...pool, ...who], {
    AWS_ENDPOINT_URL: system.url,
  });
  running.push(person);
  await person.prints(ASKED);
  return person;
};

/** How many challenges were answered by now, the status of a mail among them. */
const responses = (): number =>
  system.calls.filter(({ operation }) => operation.endsWith('.RespondToAuthChallenge')).length;

interface Trouble {
  readonly name: string;
  readonly email?: string;
  readonly faults?: Partial<Faults>;
  readonly says: RegExp;
}

const TROUBLES: readonly Trouble[] = [
  {
    name: 'the mail comes back',
    email: 'bounce+alice@simulator.amazonses.com',
    says: /^The mail was returned: \S+ does not take mail\. Please contact support\.$/m,
  },
  {
    name: 'the address is suppressed',
    email: 'suppressionlist+alice@simulator.amazonses.com',
    says: /^The mail could not be sent: we may not write to \S+, .* Please contact support\.$/m,
  },
  {
    name: 'SES rejects the mail',
    email: 'rejected+alice@outcome.example.com',
    says: /^The mail with the code could not be sent\. .*If that does not help, contact support\.$/m,
  },
  {
    name: 'the daily quota is used up',
    faults: { sesQuotaReached: true },
    says: /^The mail with the code could not be sent\. .*If that does not help, try again later\.$/m,
  },
  {
    name: 'sending is paused',
    faults: { sesQuotaReached: false, sesPaused: true },
    says: /^The mail with the code could not be sent\. .*If that does not help, try again later\.$/m,
  },
  {
    name: 'SES is down',
    faults: { sesPaused: false, sesDown: true },
    says: /^The mail with the code could not be sent yet\. It is tried again /m,
  },
];

describe('the sign-in command says by itself, once and within 8 seconds', () => {
  const told = new Map<Trouble, Promise<number>>();

  // They wait at the same time.
  beforeAll(async () => {
    system = await startTestSystem();
    for (const trouble of TROUBLES) {
      const { email, faults, says } = trouble;
      if (faults !== undefined) await setFaults(system, faults);
      const user = await createUser(system, email === undefined ? {} : { email });
      const person = await signIn(user);
      const asked = performance.now();
      const waited = person.prints(says).then(() => performance.now() - asked);
      waited.catch(() => undefined);
      told.set(trouble, waited);
      if (faults?.sesDown !== true) await system.idle();
    }
  });

  it.each(TROUBLES)('that $name', async (trouble) => {
    expect(await told.get(trouble)).toBeLessThan(KNOWN_WITHIN_MS);
  });

  it('and asks for the code again, having made one call more than the password takes', async () => {
    await Promise.all(told.values());

    for (const person of running) await expect.poll(person.output).toMatch(/Code \(or.*Code \(or/s);
    expect(responses()).toBe(TROUBLES.length * 2);
  });
});

describe('whoever types "status"', () => {
  it('is told later news, and what helps after 20 seconds, and then the code works', async () => {
    await setFaults(system, { sesDown: false, feedbackDelaySeconds: 20 });
    const user = await createUser(system);
    const person = await signIn(user);
    await expect.poll(() => mailsTo(system, user).length).toBe(1);
    await setFaults(system, { clockOffsetSeconds: 21 });
    await system.settled();

    person.type('status');
    await person.prints(/^A code of 6 digits was sent to \S+\. The mail was delivered: /m);
    await person.prints(/^No mail\? Look in the spam folder\. .*Type "resend" to order a new mail\. /m);
    person.type(codeOf(mailsTo(system, user)[0] ?? expect.unreachable('No mail arrived')));

    expect(await person.ended, person.output()).toBe(0);
    expect(mailsTo(system, user)).toHaveLength(1);
  });
});
