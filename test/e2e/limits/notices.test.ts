import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { provePassword, type Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { AwsError } from '../../../local/ground/service.ts';
import { clientSettings } from '../../../local/system.ts';
import type { ChallengeRef } from '../../../shared/domain/challenge.ts';
import { writeNotice } from '../../../shared/messages/notice.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { userRecordOf } from '../../support/sign-in/earlier-sign-ins.ts';
import { executionsFor, readChallenge } from '../../support/system/local-api.ts';
import {
  codeOf,
  createUser,
  mailsTo,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  wrongCode,
} from '../../support/system/local-system.ts';

let system: TestSystem;
let isStartLost = false;
beforeAll(async () => {
  system = await startTestSystem({
    templateFolder: inject('longCodesTemplateFolder'),
    disturb: ({ caller, operation }) =>
      isStartLost && caller.includes('VerifyAuth') && operation.endsWith('.StartExecution')
        ? { kind: 'refused', error: new AwsError('ServiceUnavailable', 'down', 503) }
        : undefined,
  });
});
afterAll(() => stopTestSystem(system));

const noticesTo = (user: TestUser) => mailsTo(system, user).filter(({ tags }) => tags.notice !== undefined);
const kindsTo = (user: TestUser) => noticesTo(user).map(({ tags }) => tags.notice);

const codesTo = (user: TestUser) => mailsTo(system, user).filter(({ tags }) => tags.delivery !== undefined);

/** Gives this many wrong codes in one sign-in. The last is refused if it locks. */
const guess = async (user: TestUser, times: number): Promise<void> => {
  let step: Step = await provePassword(system.client, user);
  await system.idle();
  const wrong = wrongCode(codeOf(codesTo(user).at(-1) ?? expect.unreachable('No code came')));
  for (let time = 1; time < times; time += 1) step = await answerCode(system.client, user, step, wrong);
  await answerCode(system.client, user, step, wrong).catch(({ message }: Error) =>
    expect(message).toContain('[LOCKED until '),
  );
  await system.idle();
};

const passMinutes = async (minutes: number): Promise<void> => {
  // The reports of the mails come later than the workflow's end, and a function that is running would be out of time.
  await system.settled();
  system.clock.adjust({ offsetMs: minutes * 60_000 });
};

/** What verify-auth-challenge called since the start. */
const verifyCalls = () =>
  system.calls
    .filter(({ caller }) => caller.includes('VerifyAuth'))
    .map(({ operation }) => operation.split('.').at(-1));

describe('notices', () => {
  it('come once of each kind in a day of guessing, without a code, and with a fact and a tag of their own', async () => {
    const user = await createUser(system);

    // Twenty wrong codes in a row lock; from then on each lock takes twice as long and ends with one answer more.
    for (let challenge = 0; challenge < 4; challenge += 1) {
      await guess(user, 5);
      await passMinutes(20);
    }
    for (const minutes of [15, 30, 60, 120]) {
      await passMinutes(minutes);
      await guess(user, 1);
    }
    await system.settled();

    expect(kindsTo(user)).toEqual(['wrongCodes', 'locked']);
    for (const { subject, text, html } of noticesTo(user)) {
      for (const code of codesTo(user).map(codeOf)) expect(`${subject}${text}${html}`).not.toContain(code);
    }
    const { events } = await readChallenge(system, user);
    expect(Object.keys(events)).toEqual(
      expect.arrayContaining(['EXHAUSTED', 'notice-wrongCodes#SENT', 'notice-wrongCodes#DELIVERED']),
    );
    expect((await userRecordOf(system, user)).consecutiveFailures).toBe(24);

    // On the next day the notice is of the lock that this answer has made, which is longer than the first.
    await passMinutes(24 * 60);
    await guess(user, 1);
    await system.settled();

    expect(kindsTo(user)).toEqual(['wrongCodes', 'locked', 'locked']);
    const { consecutiveFailures, lastFailureAt = 0 } = await userRecordOf(system, user);
    expect(consecutiveFailures).toBe(25);
    // A quarter of an hour, doubled five times.
    const end = new Date(lastFailureAt + 8 * 60 * 60_000).toISOString();
    expect(noticesTo(user).at(-1)?.text).toContain(`${end.slice(11, 19)} UTC`);
  });

  it('cost one call more than the same answer without one', async () => {
    // Reads the keys, which are kept for five minutes.
    await guess(await createUser(system), 1);
    const user = await createUser(system);
    const callsOf = async (times: number): Promise<readonly unknown[]> => {
      const before = verifyCalls().length;
      await guess(user, times);
      return verifyCalls().slice(before);
    };
    const answers = (times: number) => Array.from({ length: 2 * times }, () => 'UpdateItem');

    // The day's first challenge that ends by wrong codes has the notice `wrongCodes`, the next ones have none.
    expect(await callsOf(5)).toEqual([...answers(5), 'StartExecution']);
    for (let challenge = 0; challenge < 2; challenge += 1) expect(await callsOf(5)).toEqual(answers(5));
    // The twentieth wrong code locks, which is a write of its own, and has the notice `locked`.
    expect(await callsOf(5)).toEqual([...answers(5), 'UpdateItem', 'StartExecution']);
    await passMinutes(16);
    // One more locks again for longer, without a notice. The keys are read again.
    const withoutKeys = (await callsOf(1)).filter((operation) => operation !== 'GetSecretValue');
    expect(withoutKeys).toEqual([...answers(1), 'UpdateItem']);
  });

  it('that cannot be started leave the answer as it is, and are counted', async () => {
    const user = await createUser(system);
    isStartLost = true;

    await guess(user, 5);
    isStartLost = false;

    const { events, outcome } = await readChallenge(system, user);
    expect(outcome).toBe('EXHAUSTED');
    expect(Object.keys(events).filter((name) => name.startsWith('notice-'))).toEqual([]);
    const dimensions = { service: 'verify-auth-challenge' };
    expect(system.metrics.sumOf({ name: 'NoticeFailed', dimensions })).toBe(1);
    expect((await userRecordOf(system, user)).consecutiveFailures).toBe(5);
  });

  it('that a stranger starts send nothing and leave the item as it was', async () => {
    const user = await createUser(system);
    await guess(user, 1);
    await system.settled();
    const before = await readChallenge(system, user);
    const [execution = expect.unreachable()] = await executionsFor(system, user);
    const { userId, challengeId } = execution.input as ChallengeRef;
    const sfn = new SFNClient(clientSettings(system.url));
    const ref = { userId, challengeId, locale: 'en', addressHash: before.addressHash ?? '' };

    for (const notice of ['locked', 'wrongCodes'] as const) {
      for (const email of [user.email, 'mallory@example.com']) {
        const input = writeNotice({ ...ref, notice, email });
        await sfn.send(new StartExecutionCommand({ stateMachineArn: system.outputs.StateMachineArn, input }));
      }
    }
    await system.settled();

    expect(await readChallenge(system, user)).toEqual(before);
    expect(noticesTo(user)).toEqual([]);
    expect(system.metrics.sumOf({ name: 'DeliveryRefused', dimensions: { service: 'deliver-code' } })).toBe(
      4,
    );
  });
});
