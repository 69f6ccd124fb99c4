/** The product's own rules as operations: what a function's handler does, without Lambda around it. */
import { createChallenge } from '../../../../services/create-auth-challenge/create-challenge.ts';
import { createStartDelivery } from '../../../../services/create-auth-challenge/start-delivery.ts';
import { deliver } from '../../../../services/deliver-code/deliver.ts';
import { createSendMail } from '../../../../services/deliver-code/send-mail.ts';
import { guardTokens } from '../../../../services/guard-tokens/guard-tokens.ts';
import { createSpendStore } from '../../../../services/guard-tokens/spend-store.ts';
import { createRecordReport } from '../../../../services/record-feedback/feedback-store.ts';
import { recordFeedback } from '../../../../services/record-feedback/record-feedback.ts';
import { createOpenChallenges } from '../../../../services/sweep-challenges/open-challenges.ts';
import { sweep } from '../../../../services/sweep-challenges/sweep.ts';
import { checkAnswer } from '../../../../services/verify-auth-challenge/check-answer.ts';
import type { ChallengeId } from '../../../../shared/domain/challenge.ts';
import { deriveCode } from '../../../../shared/domain/code.ts';
import { keyFor, parseKeyring } from '../../../../shared/domain/keyring.ts';
import { SWEEP_GRACE_SECONDS } from '../../../../shared/domain/limits.ts';
import { createKeySource } from '../../../../shared/lambda/key-source.ts';
import { BACKGROUND_CLIENT, SENDING_CLIENT, TRIGGER_CLIENT } from '../../../../shared/lambda/sdk-client.ts';
import { readDelivery } from '../../../../shared/messages/delivery.ts';
import type { FeedbackType } from '../../../../shared/messages/feedback.ts';
import { createChallengeStore } from '../../../../shared/table/challenge-store.ts';
import { createUserStore } from '../../../../shared/table/user-store.ts';
import { aFeedback, asSesRepeats, CONFIGURATION_SET } from '../../../support/sign-in/feedback.ts';
import { DEFAULT_LIMITS, SECOND, USER_ID } from '../../../support/table/challenges.ts';
import type { Caller, Operation } from '../engine/operation.ts';
import { KEYRING } from '../engine/world.ts';
import { clientOf } from './sdk-clients.ts';
import { anExecution, TABLE_NAME } from './workflow.ts';

/** Few attempts, so that few answers are enough to reach the limits. */
export const LIMITS = { ...DEFAULT_LIMITS, maxAttempts: 3, lockThreshold: 5 };

const ALICE = 'alice@example.com';

const dependenciesOf = (caller: Caller, client: { readonly maxAttempts: number }) => {
  const database = clientOf(caller, 'DynamoDB', client);
  return {
    database,
    challenges: createChallengeStore(database, TABLE_NAME),
    users: createUserStore(database, TABLE_NAME),
    spends: createSpendStore(database, TABLE_NAME),
    keyFor: createKeySource(clientOf(caller, 'SecretsManager', client), 'code-key', caller.now),
    startDelivery: createStartDelivery(clientOf(caller, 'StepFunctions', client), 'deliver'),
    measure: () => {},
    now: caller.now,
    limits: LIMITS,
    codeLength: LIMITS.codeLength,
  };
};

/** What a client knows of its challenge after create. */
export interface Handed {
  readonly challengeId: ChallengeId;
  readonly delivery: number;
}

interface Creation {
  readonly email?: string;
  readonly current?: ChallengeId;
  readonly resend?: boolean;
}

const create = async (
  caller: Caller,
  requestId: string,
  { email = ALICE, resend = false, current }: Creation,
) => {
  const request = { userId: USER_ID, email, locale: 'en', resend, requestId, claims: {} };
  const deps = dependenciesOf(caller, TRIGGER_CLIENT);
  const created = await createChallenge(deps, { ...request, ...(current && { current }) });
  if (created.kind === 'refused') return { refused: created.code };
  const { challenge, delivery, status, deliveryStatus } = created;
  return {
    challengeId: challenge.challengeId,
    attempts: challenge.attempts,
    delivery,
    status,
    deliveryStatus,
  };
};

/** One call of create-auth-challenge. */
export const aCreate = (name: string, creation: Creation = {}): Operation => ({
  name,
  run: (caller) => create(caller, name, creation),
});

export type AnswerKind = 'right' | 'wrong';

/** The code of a challenge, or another text of its form. */
const textOf = (kind: AnswerKind, challengeId: ChallengeId): string => {
  const key = keyFor(parseKeyring(KEYRING), challengeId);
  const code = deriveCode(key, { challengeId, userId: USER_ID }, LIMITS.codeLength);
  return kind === 'right' ? code : `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;
};

interface AnAnswer {
  readonly kind: AnswerKind;
  readonly challengeId: ChallengeId;
  readonly round: string;
  /** What create saw. */
  readonly attempts?: number;
}

const verify = (caller: Caller, requestId: string, { kind, attempts = 0, ...answer }: AnAnswer) =>
  checkAnswer(dependenciesOf(caller, TRIGGER_CLIENT), {
    userId: USER_ID,
    ...answer,
    attempts,
    answer: textOf(kind, answer.challengeId),
    requestId,
    claims: {},
  });

const outcomeOf = ({ kind, challengeId, round }: AnAnswer) => ({ answered: kind, challengeId, round });

/** One call of verify-auth-challenge. */
export const anAnswer = (name: string, answer: AnAnswer): Operation => ({
  name,
  run: async (caller) => ({ ...outcomeOf(answer), result: await verify(caller, name, answer) }),
});

const guard = async (caller: Caller, requestId: string) =>
  guardTokens(dependenciesOf(caller, TRIGGER_CLIENT), { userId: USER_ID, requestId });

/** One call of guard-tokens. */
export const aGuard = (name: string): Operation => ({
  name,
  run: async (caller) => ({ tokens: await guard(caller, name) }),
});

/** A call of verify-auth-challenge, and of guard-tokens if the answer was taken, as Cognito makes them for one client. */
export const anAnswerForTokens = (name: string, answer: AnAnswer): Operation => ({
  name,
  run: async (caller) => {
    const result = await verify(caller, name, answer);
    const tokens = result === 'verified' ? { tokens: await guard(caller, name) } : {};
    return { ...outcomeOf(answer), result, ...tokens };
  },
});

/** An execution of the delivery workflow, with the function that it calls. */
export const aDelivery = (input: string, number: number): Operation =>
  anExecution(`execution ${number}`, input, (caller) => async (_, event) => {
    const sendMail = createSendMail(clientOf(caller, 'SES', SENDING_CLIENT), {
      from: 'otp@example.com',
      configurationSet: CONFIGURATION_SET,
    });
    try {
      const delivered = await deliver(
        { ...dependenciesOf(caller, TRIGGER_CLIENT), sendMail },
        readDelivery(event),
      );
      return { kind: 'returned', payload: delivered };
    } catch (error) {
      return { kind: 'failed', errorType: (error as Error).name, errorMessage: '' };
    }
  });

/** A report of SES about a mail. */
export const aReport = (
  name: string,
  eventType: FeedbackType,
  { challengeId, delivery }: Handed,
  at: number,
): Operation => ({
  name,
  run: async (caller) => {
    const { database, measure } = dependenciesOf(caller, BACKGROUND_CLIENT);
    const recordReport = createRecordReport(database, TABLE_NAME);
    const tags = asSesRepeats({ userId: USER_ID, challengeId, delivery });
    const event = aFeedback(eventType, { delivery, tags, at: new Date(at).toISOString() });
    const { kind } = await recordFeedback(
      { recordReport, measure, configurationSet: CONFIGURATION_SET },
      event,
    );
    return { reported: kind };
  },
});

/** The clock goes on to this time. */
const untilTime = async ({ call }: Caller, until: number): Promise<void> => {
  await call({ service: 'Clock', operation: 'passes', input: { until }, tries: 1 });
};

/** A run of the sweep at a time, which waits so many seconds after a challenge has expired. */
export const aSweep = (name: string, at: number, grace = SWEEP_GRACE_SECONDS): Operation => ({
  name,
  run: async (caller) => {
    await untilTime(caller, at);
    const { database, measure, now, limits } = dependenciesOf(caller, BACKGROUND_CLIENT);
    const challenges = createOpenChallenges(database, TABLE_NAME);
    // The rule has its grace; a shorter one is as if the clock were ahead of what it is.
    const earlier = () => now() + (SWEEP_GRACE_SECONDS - grace) * SECOND;
    const { closed } = await sweep(
      { challenges, measure, now: earlier, maxAttempts: limits.maxAttempts },
      { requestId: name, timeLeft: () => 50_000 },
    );
    return { swept: closed };
  },
});

/** Failures of earlier sign-ins. */
export const aPast = (name: string, rounds: readonly string[], { challengeId }: Handed): Operation => ({
  name,
  run: async (caller) => {
    const { users, now } = dependenciesOf(caller, TRIGGER_CLIENT);
    const failure = { challengeId, now: now(), exhausted: false, maxFailures: LIMITS.maxFailures };
    for (const round of rounds) await users.countFailure(USER_ID, { ...failure, round });
    return {};
  },
});
