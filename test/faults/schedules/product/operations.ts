/** The product's own rules as operations: what a function's handler does, without Lambda around it. */
import { createSecretKey } from 'node:crypto';
import { createChallenge } from '../../../../services/create-auth-challenge/create-challenge.ts';
import { createReadStanding } from '../../../../services/create-auth-challenge/standing-reader.ts';
import { createStartDelivery } from '../../../../services/create-auth-challenge/start-delivery.ts';
import { guardTokens } from '../../../../services/guard-tokens/guard-tokens.ts';
import { createSpendStore } from '../../../../services/guard-tokens/spend-store.ts';
import { createRecordReport } from '../../../../services/record-feedback/feedback-store.ts';
import { recordFeedback } from '../../../../services/record-feedback/record-feedback.ts';
import { createOpenChallenges } from '../../../../services/sweep-challenges/open-challenges.ts';
import { sweep } from '../../../../services/sweep-challenges/sweep.ts';
import { checkAnswer } from '../../../../services/verify-auth-challenge/check-answer.ts';
import { hashAddress } from '../../../../shared/domain/address-hash.ts';
import type { ChallengeId } from '../../../../shared/domain/challenge.ts';
import { deriveCode } from '../../../../shared/domain/code.ts';
import { keyFor, parseKeyring } from '../../../../shared/domain/keyring.ts';
import { type Limits, SWEEP_GRACE_SECONDS } from '../../../../shared/domain/limits.ts';
import { createAddressKeySource, createKeySource } from '../../../../shared/lambda/key-source.ts';
import { BACKGROUND_CLIENT, TRIGGER_CLIENT } from '../../../../shared/lambda/sdk-client.ts';
import type { ClientCall } from '../../../../shared/messages/client-metadata.ts';
import type { FeedbackType } from '../../../../shared/messages/feedback.ts';
import { createChallengeStore } from '../../../../shared/table/challenge-store.ts';
import { createUserStore } from '../../../../shared/table/user-store.ts';
import { aFeedback, asSesRepeats, CONFIGURATION_SET } from '../../../support/sign-in/feedback.ts';
import { DEFAULT_LIMITS, SECOND, USER_ID } from '../../../support/table/challenges.ts';
import type { Caller, Operation } from '../engine/operation.ts';
import { SECRETS } from '../engine/world.ts';
import { clientOf, type Settings } from './sdk-clients.ts';
import { TABLE_NAME } from './workflow.ts';

/** Few attempts, so that few answers are enough to reach the limits. */
export const LIMITS: Limits = {
  ...DEFAULT_LIMITS,
  ...{ maxAttempts: 3, lockThreshold: 5, ordersPerWindow: 60, ordersPerDay: 200, statusRounds: 12 },
};

export const ALICE = 'alice@example.com';
export const CLIENT = 'client-1';

const ADDRESS_KEY = createSecretKey(SECRETS['address-key'] ?? '', 'utf8');

/** The keyed hash of an address. */
export const hashOf = (email: string): string => hashAddress(ADDRESS_KEY, email);

const dependenciesOf = (caller: Caller, client: Settings) => {
  const database = clientOf(caller, 'DynamoDB', client);
  const secrets = clientOf(caller, 'SecretsManager', client);
  return {
    database,
    challenges: createChallengeStore(database, TABLE_NAME),
    users: createUserStore(database, TABLE_NAME),
    spends: createSpendStore(database, TABLE_NAME),
    readStanding: createReadStanding(database, TABLE_NAME),
    keyFor: createKeySource(secrets, 'code-key', caller.now),
    addressKey: createAddressKeySource(secrets, 'address-key', caller.now),
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
  readonly call?: ClientCall;
}

/** One call of create-auth-challenge. */
export const aCreate = (
  name: string,
  { email = ALICE, call = 'answer', current }: Creation = {},
): Operation => ({
  name,
  run: async (caller) => {
    const deps = dependenciesOf(caller, TRIGGER_CLIENT);
    const addressHash = hashAddress(await deps.addressKey(), email);
    const request = { userId: USER_ID, email, addressHash, locale: 'en', call, requestId: name, claims: {} };
    const created = await createChallenge(deps, { ...request, ...(current && { current }) });
    if (created.kind === 'refused') return { refused: created.code };
    const { challenge, delivery, status, deliveryStatus } = created;
    return { handed: challenge.challengeId, delivery, status, deliveryStatus };
  },
});

export type AnswerKind = 'right' | 'wrong';

/** The code of a challenge, or another text of its form. */
const textOf = (kind: AnswerKind, challengeId: ChallengeId): string => {
  const key = keyFor(parseKeyring(SECRETS['code-key']), challengeId);
  const code = deriveCode(key, { challengeId, userId: USER_ID }, LIMITS.codeLength);
  return kind === 'right' ? code : `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;
};

interface AnAnswer {
  readonly kind: AnswerKind;
  readonly challengeId: ChallengeId;
  readonly round: string;
  /** What create saw. */
  readonly attempts?: number;
  /** The address that the user has when they answer. */
  readonly email?: string;
  readonly clientId?: string;
}

const verify = (caller: Caller, requestId: string, answer: AnAnswer) =>
  checkAnswer(dependenciesOf(caller, TRIGGER_CLIENT), {
    userId: USER_ID,
    email: ALICE,
    clientId: CLIENT,
    attempts: 0,
    ...answer,
    answer: textOf(answer.kind, answer.challengeId),
    requestId,
    claims: {},
  });

const outcomeOf = ({ kind, challengeId, round, clientId = CLIENT }: AnAnswer) => ({
  answered: kind,
  challengeId,
  round,
  clientId,
});

/** One call of verify-auth-challenge. */
export const anAnswer = (name: string, answer: AnAnswer): Operation => ({
  name,
  run: async (caller) => ({ ...outcomeOf(answer), result: await verify(caller, name, answer) }),
});

const guard = (caller: Caller, requestId: string, clientId = CLIENT) =>
  guardTokens(dependenciesOf(caller, TRIGGER_CLIENT), { userId: USER_ID, clientId, requestId });

/** One call of guard-tokens. */
export const aGuard = (name: string, clientId = CLIENT): Operation => ({
  name,
  run: async (caller) => ({ clientId, tokens: await guard(caller, name, clientId) }),
});

/** A call of verify-auth-challenge, and of guard-tokens if the answer was taken, as Cognito makes them for one client. */
export const anAnswerForTokens = (name: string, answer: AnAnswer): Operation => ({
  name,
  run: async (caller) => {
    const result = await verify(caller, name, answer);
    const tokens = result === 'verified' ? { tokens: await guard(caller, name, answer.clientId) } : {};
    return { ...outcomeOf(answer), result, ...tokens };
  },
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
    const deps = { recordReport, measure, configurationSet: CONFIGURATION_SET };
    const { kind } = await recordFeedback(deps, event);
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
    const { database, users, limits, ...deps } = dependenciesOf(caller, BACKGROUND_CLIENT);
    // The rule has its grace; a shorter one is as if the clock were ahead of what it is.
    const now = () => deps.now() + (SWEEP_GRACE_SECONDS - grace) * SECOND;
    const challenges = createOpenChallenges(database, TABLE_NAME);
    const { closed } = await sweep(
      { ...deps, now, challenges, giveBack: users.giveBack, maxAttempts: limits.maxAttempts },
      { requestId: name, timeLeft: () => 50_000 },
    );
    return { swept: closed };
  },
});

/** Failures of earlier sign-ins. */
export const earlierFailures = (rounds: readonly string[], { challengeId }: Handed): Operation => ({
  name: 'earlier failures',
  run: async (caller) => {
    const { users, now, limits } = dependenciesOf(caller, TRIGGER_CLIENT);
    for (const round of rounds) {
      await users.countFailure(USER_ID, { challengeId, round, now: now(), exhausted: false, limits });
    }
    return {};
  },
});
