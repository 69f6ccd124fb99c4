import { randomUUID } from 'node:crypto';
import { PutSuppressedDestinationCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword, type Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { clientSettings } from '../../../local/system.ts';
import type { ChallengeRef } from '../../../shared/domain/challenge.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import {
  type AuditLine,
  auditLines,
  collectedSums,
  readTrails,
  sumsOf,
} from '../../support/sign-in/audit.ts';
import { executionsFor, setFaults } from '../../support/system/local-api.ts';
import {
  createUser,
  mailsTo,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  waitForCode,
  wrongCode,
} from '../../support/system/local-system.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => stopTestSystem(system));

const userAt = (localPart: string, domain: string): Promise<TestUser> =>
  createUser(system, { email: `${localPart}+${randomUUID()}@${domain}` });

/** Starts a sign-in, and waits for its mail and the feedback of it. */
const start = async (user: TestUser): Promise<Step> => {
  const step = await provePassword(system.client, user);
  await system.settled();
  return step;
};

/** The user's trail. Only the workflow's input has both the address and the challenge's id. */
const trailOf = async (user: TestUser): Promise<AuditLine> => {
  const [execution] = await executionsFor(system, user);
  const ref = execution?.input as ChallengeRef | undefined;
  const line = (await readTrails(system)).find(({ challengeId }) => challengeId === ref?.challengeId);
  return line ?? expect.unreachable('there is no trail');
};

const namesOf = ({ events }: AuditLine): readonly string[] => events.map(({ name }) => name);

describe('a sign-in of somebody whose mail goes to the mailbox simulator', () => {
  it.each([
    ['success', ['1#ACCEPTED', '1#DELIVERED'], /accepted by the recipient's server/],
    ['ooto', ['1#ACCEPTED', '1#DELIVERED'], /accepted by the recipient's server/],
    ['bounce', ['1#ACCEPTED', '1#BOUNCED'], /returned/],
    ['complaint', ['1#ACCEPTED', '1#DELIVERED', '1#COMPLAINED'], /spam/],
    ['suppressionlist', ['1#ACCEPTED', '1#SUPPRESSED'], /held back|suppress/i],
  ])('%s@ ends with its trail, and can be finished', async (localPart, reports, standing) => {
    const user = await userAt(localPart, 'simulator.amazonses.com');

    const step = await start(user);
    const before = await trailOf(user);
    const done = await answerCode(system.client, user, step, await waitForCode(system, user));

    expect(done.AuthenticationResult).toBeDefined();
    expect(before.standing).toMatch(standing);
    const after = await trailOf(user);
    expect(namesOf(after).toSorted()).toEqual(
      ['1#REQUESTED', '1#SENT', ...reports, 'VERIFIED', 'TOKENS_ISSUED'].toSorted(),
    );
    expect(after.outcome).toBe('VERIFIED');
  });
});

describe('a sign-in of somebody whose mail has other troubles', () => {
  it.each([
    ['delayed', ['1#ACCEPTED', '1#DELAYED', '1#DELIVERED']],
    ['gone', ['1#ACCEPTED', '1#BOUNCED', '1#DELAYED']],
    ['late-bounce', ['1#ACCEPTED', '1#BOUNCED', '1#DELIVERED']],
    ['rejected', ['1#ACCEPTED', '1#REJECTED']],
    ['silent', []],
  ])('%s@ has them in its trail', async (localPart, reports) => {
    const user = await userAt(localPart, 'outcome.example.com');

    await start(user);

    const trail = await trailOf(user);
    expect(namesOf(trail).toSorted()).toEqual(['1#REQUESTED', '1#SENT', ...reports].toSorted());
  });

  it('tells the user in the next round, after the password was proven, that the mail bounced', async () => {
    const user = await userAt('bounce', 'simulator.amazonses.com');
    const first = await start(user);
    expect(first.ChallengeParameters?.delivery).toBe('SENDING');

    const code = await waitForCode(system, user);
    const second = await answerCode(system.client, user, first, wrongCode(code));

    expect(second.ChallengeParameters).toMatchObject({ challenge: 'SAME', delivery: 'BOUNCED' });
  });

  it('gets no mail from an address list of the account, which has its own metric', async () => {
    const user = await createUser(system);
    const ses = new SESv2Client(clientSettings(system.url));
    await ses.send(new PutSuppressedDestinationCommand({ EmailAddress: user.email, Reason: 'BOUNCE' }));

    const first = await start(user);
    const second = await answerCode(system.client, user, first, '123456');

    expect(mailsTo(system, user)).toEqual([]);
    expect(second.ChallengeParameters?.delivery).toBe('SUPPRESSED');
    expect((await trailOf(user)).standing).toMatch(/suppression list/);
    await expect.poll(() => system.metrics.sumOf({ name: 'OnAccountSuppressionList' })).toBe(1);
  });

  it('lets a resend’s delivery stand beside the first mail’s bounce', async () => {
    const user = await userAt('bounce', 'simulator.amazonses.com');
    const first = await start(user);
    system.clock.adjust({ offsetMs: 31_000 });
    const second = await answerCode(system.client, user, first, 'resend', 'resend');
    await system.settled();

    expect(second.ChallengeParameters).toMatchObject({ deliveryNumber: '2', delivery: 'SENDING' });
    const names = namesOf(await trailOf(user));
    expect(names).toEqual(expect.arrayContaining(['1#BOUNCED', '2#RESEND_REQUESTED', '2#SENT', '2#BOUNCED']));
  });
});

describe('reports that come late, out of order, twice or not at all', () => {
  it('end in the same trail, and are counted once', async () => {
    await setFaults(system, { feedbackShuffled: true, feedbackTwice: true, feedbackDelaySeconds: 2 });
    const user = await userAt('complaint', 'simulator.amazonses.com');

    await start(user);
    await setFaults(system, { feedbackShuffled: false, feedbackTwice: false, feedbackDelaySeconds: 0 });

    const reports = ['1#ACCEPTED', '1#COMPLAINED', '1#DELIVERED'];
    expect(namesOf(await trailOf(user)).toSorted()).toEqual(['1#REQUESTED', '1#SENT', ...reports].toSorted());
  });

  it('never touch an outcome that is there already', async () => {
    await setFaults(system, { feedbackDelaySeconds: 3 });
    const user = await userAt('late-bounce', 'outcome.example.com');
    const step = await provePassword(system.client, user);
    const done = await answerCode(system.client, user, step, await waitForCode(system, user));
    await setFaults(system, { feedbackDelaySeconds: 0 });
    expect(done.AuthenticationResult).toBeDefined();

    await system.settled();

    const trail = await trailOf(user);
    expect(trail.outcome).toBe('VERIFIED');
    expect(namesOf(trail)).toEqual(expect.arrayContaining(['1#BOUNCED', '1#DELIVERED']));
    expect(namesOf(trail).indexOf('1#BOUNCED')).toBeGreaterThan(namesOf(trail).indexOf('VERIFIED'));
  });
});

describe('the sweep', () => {
  it('gives an outcome to what was abandoned and to what was never mailed, within two minutes', async () => {
    const abandoned = await createUser(system);
    const unmailed = await createUser(system);
    await start(abandoned);
    await setFaults(system, { sesQuotaReached: true });
    await start(unmailed);
    await setFaults(system, { sesQuotaReached: false });

    system.clock.adjust({ offsetMs: 5 * 60_000 + 95_000 });

    await expect.poll(async () => (await trailOf(unmailed)).outcome, { timeout: 10_000 }).toBe('ORPHANED');
    await expect.poll(async () => (await trailOf(abandoned)).outcome, { timeout: 10_000 }).toBe('EXPIRED');
    expect((await trailOf(unmailed)).standing).toMatch(/quota/);
  });
});

it('in the end every trail has an outcome, and the metrics say the same as the trails', async () => {
  system.clock.adjust({ offsetMs: 10 * 60_000 });
  const open = async () => (await readTrails(system)).filter(({ outcome }) => outcome === null);
  await expect.poll(open, { timeout: 15_000 }).toEqual([]);
  await system.settled();

  const lines = await auditLines(system);

  await expect.poll(() => collectedSums(system)).toEqual(sumsOf(lines));
});
