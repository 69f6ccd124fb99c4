/** Makes everything happen on one system that the functions measure. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { PutSuppressedDestinationCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, vi } from 'vitest';
import { provePassword } from '../../../../commands/sign-in/sign-in-flow.ts';
import { clientSettings } from '../../../../local/system.ts';
import { type ChallengeRef, newChallengeId } from '../../../../shared/domain/challenge.ts';
import { LIMITS } from '../../../../shared/domain/limits.ts';
import type { MetricName, SendTryReason } from '../../../../shared/lambda/metric-names.ts';
import { writeDelivery } from '../../../../shared/messages/delivery.ts';
import { challengeKey, userKey } from '../../../../shared/table/table.ts';
import { executionsFor, readChallenge, setFaults } from '../../system/local-api.ts';
import {
  createUser,
  type TestSystem,
  type TestUser,
  waitForCode,
  wrongCode,
} from '../../system/local-system.ts';
import { answerCode } from '../answer-code.ts';
import { asSesRepeats } from '../feedback.ts';
import { moveTo } from '../move-to.ts';
import { makeEveryReport } from './eventful-reports.ts';
import { type Started, useUp } from './use-up.ts';

/** Longer than any wait for one thing on a busy machine. */
const PATIENCE_MS = 30_000;

/** Waits until this metric was measured. */
const untilMeasured = (
  { metrics }: TestSystem,
  name: MetricName,
  dimensions: Readonly<Record<string, string>>,
): Promise<unknown> =>
  vi.waitFor(() => expect(metrics.sumOf({ name, dimensions }), name).toBeGreaterThan(0), {
    timeout: PATIENCE_MS,
  });

const untilFailedBy = (system: TestSystem, reason: SendTryReason): Promise<unknown> =>
  untilMeasured(system, 'SendTryFailed', { service: 'deliver-code', reason });

const userAt = (system: TestSystem, localPart: string, domain: string): Promise<TestUser> =>
  createUser(system, { email: `${localPart}+${randomUUID()}@${domain}` });

const start = async (system: TestSystem): Promise<Started> => {
  const user = await createUser(system);
  return { user, step: await provePassword(system.client, user) };
};

const refOf = async (system: TestSystem, user: TestUser): Promise<ChallengeRef> => {
  const [execution = expect.unreachable()] = await executionsFor(system, user);
  const { userId, challengeId } = execution.input as ChallengeRef;
  return { userId, challengeId };
};

/** Starts the workflow for a delivery that create-auth-challenge has not ordered. */
const startWorkflow = async (
  system: TestSystem,
  ref: ChallengeRef,
  email = 'alice@example.com',
): Promise<void> => {
  const input = writeDelivery({ ...ref, delivery: 2, email, locale: 'en', addressHash: 'a guess' });
  const stateMachineArn = system.outputs.StateMachineArn;
  await new SFNClient(clientSettings(system.url)).send(new StartExecutionCommand({ stateMachineArn, input }));
};

const invoke = async ({ url }: TestSystem, name: string, event: unknown): Promise<void> => {
  const body = JSON.stringify(event);
  const response = await fetch(`${url}/2015-03-31/functions/${name}/invocations`, { method: 'POST', body });
  expect(response.status).toBe(200);
};

/** One sign-in with a wrong answer, and one that uses up its attempts. */
const answerRightAndWrong = async (system: TestSystem): Promise<void> => {
  const right = await start(system);
  const code = await waitForCode(system, right.user);
  const again = await answerCode(system.client, right.user, right.step, wrongCode(code));
  const done = await answerCode(system.client, right.user, again, code);
  expect(done.AuthenticationResult).toBeDefined();

  const wrong = await start(system);
  await useUp(system, wrong, wrongCode(await waitForCode(system, wrong.user)));
  await untilMeasured(system, 'NoticeSent', { service: 'deliver-code' });
};

/** Writes into a user's record what hours of guessing and ordering would leave there. */
const setUserRecord = async (
  system: TestSystem,
  user: TestUser,
  update: Pick<UpdateItemCommandInput, 'UpdateExpression' | 'ExpressionAttributeValues'>,
): Promise<void> => {
  const Key = userKey((await refOf(system, user)).userId);
  const TableName = system.outputs.TableName;
  await new DynamoDBClient(clientSettings(system.url)).send(
    new UpdateItemCommand({ TableName, Key, ...update }),
  );
};

/** Two sign-ins share a challenge: a wrong answer in one locks the user, and the right answer in the other comes too late. */
const runIntoLock = async (system: TestSystem): Promise<void> => {
  const { user, step } = await start(system);
  const other = await provePassword(system.client, user);
  const code = await waitForCode(system, user);
  const rounds = Array.from({ length: LIMITS.lockThreshold.default - 1 }, (_, n) => `round-${n}`);
  await setUserRecord(system, user, {
    UpdateExpression: 'ADD failedRounds :rounds',
    ExpressionAttributeValues: { ':rounds': { SS: rounds } },
  });
  await expect(answerCode(system.client, user, step, wrongCode(code))).rejects.toThrow('[LOCKED until ');
  await expect(answerCode(system.client, user, other, code)).rejects.toThrow('[LOCKED until ');
};

const runOutOfMails = async (system: TestSystem): Promise<void> => {
  const { user } = await start(system);
  await waitForCode(system, user);
  const now = { N: String(system.clock.now()) };
  await setUserRecord(system, user, {
    UpdateExpression: 'SET sends = :sends, latest = :none',
    ExpressionAttributeValues: {
      ':sends': { L: Array.from({ length: LIMITS.sendsPerWindow.default }, () => now) },
      ':none': { M: {} },
    },
  });
  await expect(provePassword(system.client, user)).rejects.toThrow('[SEND_LIMIT until ');
};

const runOutOfOrders = async (system: TestSystem): Promise<void> => {
  const { user } = await start(system);
  const since = { N: String(system.clock.now()) };
  await setUserRecord(system, user, {
    UpdateExpression: 'SET inWindow = :all, latest = :none',
    ExpressionAttributeValues: {
      ':all': { M: { since, count: { N: String(LIMITS.ordersPerWindow.default) } } },
      ':none': { M: {} },
    },
  });
  await expect(provePassword(system.client, user)).rejects.toThrow('[ORDER_LIMIT until ');
};

/** The user's address changes while a challenge is open, and the next sign-in replaces it. */
const replaceFor = async (system: TestSystem, user: TestUser): Promise<void> => {
  await provePassword(system.client, await moveTo(system, user, `moved-${user.email}`));
  await untilMeasured(system, 'ChallengeReplaced', { service: 'create-auth-challenge' });
};

/** Sends mails with every outcome that SES reports. */
const mailEverybody = async (system: TestSystem): Promise<void> => {
  const suppressed = await createUser(system);
  await new SESv2Client(clientSettings(system.url)).send(
    new PutSuppressedDestinationCommand({ EmailAddress: suppressed.email, Reason: 'BOUNCE' }),
  );
  const users = [
    suppressed,
    await userAt(system, 'bounce', 'simulator.amazonses.com'),
    await userAt(system, 'complaint', 'simulator.amazonses.com'),
    await userAt(system, 'suppressionlist', 'simulator.amazonses.com'),
    await userAt(system, 'delayed', 'outcome.example.com'),
    await userAt(system, 'rejected', 'outcome.example.com'),
  ];
  for (const user of users) await provePassword(system.client, user);
};

/**
 * Replaces challenges until the mail of one has certainly not left. It is not certain while deliver-code is just handing the mail
 * to SES, which happens on some of the tries.
 */
const replaceUnmailed = (system: TestSystem): Promise<unknown> =>
  vi.waitFor(
    async () => {
      await replaceFor(system, (await start(system)).user);
      const dimensions = { service: 'create-auth-challenge' };
      expect(system.metrics.sumOf({ name: 'NeverMailed', dimensions })).toBeGreaterThan(0);
    },
    { timeout: PATIENCE_MS },
  );

/** Lets SES fail in each way that it reports quickly. */
const failToSend = async (system: TestSystem): Promise<void> => {
  await setFaults(system, { sesDown: true });
  await start(system);
  await untilFailedBy(system, 'EmailUnavailable');
  // The challenge is over before its mail can leave. One code in ten thousand million is this one.
  await useUp(system, await start(system), '0'.repeat(10));
  await untilMeasured(system, 'NoticeFailed', { service: 'deliver-code' });
  await replaceUnmailed(system);
  await setFaults(system, { sesDown: false, sesThrottlePercent: 100 });
  await untilFailedBy(system, 'ChallengeClosed');
  await untilFailedBy(system, 'EmailThrottled');
  await setFaults(system, { sesThrottlePercent: 0, sesQuotaReached: true });
  await start(system);
  await untilFailedBy(system, 'EmailQuotaReached');
  await setFaults(system, { sesQuotaReached: false, sesPaused: true });
  await start(system);
  await untilFailedBy(system, 'EmailRejected');
  await setFaults(system, { sesPaused: false });
};

/** Sends executions and events that our own parts never send. */
const sendNonsense = async (system: TestSystem): Promise<void> => {
  const { user } = await start(system);
  await waitForCode(system, user);
  const ref = await refOf(system, user);
  const nobody = { userId: randomUUID(), challengeId: newChallengeId(system.clock.now()) };
  await startWorkflow(system, ref, 'no address');
  await startWorkflow(system, nobody);
  // DynamoDB takes no key of more than 2048 bytes.
  await startWorkflow(system, { ...nobody, userId: 'x'.repeat(3000) });
  await invoke(system, 'RecordFeedbackLambdaFunction', {
    eventType: 'Complaint',
    messageId: 'message-1',
    at: new Date(system.clock.now()).toISOString(),
    detail: {},
    tags: asSesRepeats({ ...nobody, delivery: 1 }, 'MailSenderConfigurationSet'),
  });
  await invoke(system, 'GuardTokensLambdaFunction', {
    version: '1',
    triggerSource: 'TokenGeneration_HostedAuth',
    request: {},
  });
};

/** Orders a second mail and lets every challenge expire, one of them without an attempt left. */
const letTimePass = async (system: TestSystem): Promise<void> => {
  const { user, step } = await start(system);
  await provePassword(system.client, user);
  system.clock.adjust({ offsetMs: 31_000 });
  await answerCode(system.client, user, step, 'resend', 'resend');
  await system.settled();

  // As after a deployment with a smaller `maxAttempts`: the sweep is the first to see that no attempt is left.
  const { userId, challengeId } = await refOf(system, user);
  await new DynamoDBClient(clientSettings(system.url)).send(
    new UpdateItemCommand({
      TableName: system.outputs.TableName,
      Key: challengeKey(userId, challengeId),
      UpdateExpression: 'SET attempts = :max',
      ExpressionAttributeValues: { ':max': { N: String(LIMITS.maxAttempts.max) } },
    }),
  );
  system.clock.adjust({ offsetMs: 10 * 60_000 });
  for (const name of ['ChallengeExpired', 'ChallengeOrphaned', 'ChallengeExhausted'] as const) {
    await untilMeasured(system, name, { service: 'sweep-challenges' });
  }
};

/** Makes everything happen that can be measured within seconds, on a system with notices, links and codes of ten digits. */
export const makeEverythingHappen = async (system: TestSystem): Promise<void> => {
  await answerRightAndWrong(system);
  await mailEverybody(system);
  await runIntoLock(system);
  await makeEveryReport(system);
  await runOutOfMails(system);
  await runOutOfOrders(system);
  await failToSend(system);
  await sendNonsense(system);
  await untilFailedBy(system, 'Unexpected');
  await system.settled();
  await letTimePass(system);
};

/** Closes a challenge while SES is about to refuse its mail, which takes real seconds. */
export const closeWhileSending = async (system: TestSystem): Promise<void> => {
  await setFaults(system, { sesDelaySeconds: 10 });
  const { user } = await start(system);
  const isSending = async () => expect(await readChallenge(system, user)).toHaveProperty('lease#1');
  await vi.waitFor(isSending, { timeout: PATIENCE_MS });
  await replaceFor(system, user);
  await setFaults(system, { sesDelaySeconds: 0, sesPaused: true });
  await untilMeasured(system, 'NeverMailed', { service: 'deliver-code' });
  await setFaults(system, { sesPaused: false });
};

/** Uses up a challenge on a system in which verify-auth-challenge can start no workflow. */
export const failToStartNotice = async (system: TestSystem): Promise<void> => {
  await useUp(system, await start(system), '0'.repeat(10));
  await untilMeasured(system, 'NoticeFailed', { service: 'verify-auth-challenge' });
};

/** Lets SES take longer than deliver-code waits for it, which are real seconds. */
export const leaveMailUnanswered = async (system: TestSystem): Promise<void> => {
  await setFaults(system, { sesDelaySeconds: 60 });
  await start(system);
  await untilFailedBy(system, 'EmailUnanswered');
};
