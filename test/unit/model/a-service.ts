/** The product's own rules on a real DynamoDB engine, called as Cognito, Step Functions and SES would call them. */
import { createChallenge } from '../../../services/create-auth-challenge/create-challenge.ts';
import { createReadStanding } from '../../../services/create-auth-challenge/standing-reader.ts';
import { decideNextStep } from '../../../services/define-auth-challenge/decide-next-step.ts';
import { deliver } from '../../../services/deliver-code/deliver.ts';
import type { SendMail } from '../../../services/deliver-code/send-mail.ts';
import { guardTokens } from '../../../services/guard-tokens/guard-tokens.ts';
import { createSpendStore } from '../../../services/guard-tokens/spend-store.ts';
import { createRecordReport } from '../../../services/record-feedback/feedback-store.ts';
import { recordFeedback } from '../../../services/record-feedback/record-feedback.ts';
import { createOpenChallenges } from '../../../services/sweep-challenges/open-challenges.ts';
import { sweep } from '../../../services/sweep-challenges/sweep.ts';
import { checkAnswer } from '../../../services/verify-auth-challenge/check-answer.ts';
import { hashAddress } from '../../../shared/domain/address-hash.ts';
import { type ChallengeId, factName } from '../../../shared/domain/challenge.ts';
import { deriveCode } from '../../../shared/domain/code.ts';
import { type Keyring, keyFor, parseKeyring } from '../../../shared/domain/keyring.ts';
import { ReportedError } from '../../../shared/lambda/reported-error.ts';
import type { SessionEntry } from '../../../shared/messages/cognito-session.ts';
import type { DeliveryInput } from '../../../shared/messages/delivery.ts';
import type { ChallengeStore } from '../../../shared/table/challenge-store.ts';
import type { UserStore } from '../../../shared/table/user-store.ts';
import { aFeedback, CONFIGURATION_SET } from '../../support/sign-in/feedback.ts';
import { createMeasured } from '../../support/system/measured.ts';
import { aChallengeTable } from '../../support/table/challenge-table.ts';
import { ADDRESS_KEY, aFact, CLIENT_ID, NOW, SECOND } from '../../support/table/challenges.ts';
import type { Limits } from './model.ts';
import type { AnswerKind } from './model-answers.ts';
import type { Ses } from './model-mails.ts';
import type { Asked } from './model-orders.ts';

/** A sign-in, as Cognito keeps it between its calls. */
export interface SignIn {
  readonly userId: string;
  readonly session: readonly SessionEntry[];
  /** The private parameters that the last create returned for verify. */
  readonly round?: { readonly challengeId: ChallengeId; readonly round: string; readonly attempts: number };
}

/** Deliberate breaks: each changes a store before the rules get it. */
export interface Breaks {
  readonly users?: (users: UserStore) => UserStore;
  readonly challenges?: (challenges: ChallengeStore) => ChallengeStore;
}

interface SentMail {
  readonly challengeId: ChallengeId;
  readonly delivery: number;
  readonly messageId: string;
  readonly code: string;
}

const PASSWORD: readonly SessionEntry[] = ['SRP_A', 'PASSWORD_VERIFIER'].map((challengeName) => ({
  challengeName,
  succeeded: true,
}));

const CODE_LENGTH = 6;

const toPolicy = (limits: Limits) => ({
  codeLength: CODE_LENGTH,
  codeLifetime: limits.lifetime / SECOND,
  resendCooldown: limits.cooldown / SECOND,
  laterResendCooldown: limits.laterCooldown / SECOND,
  sendsPerWindow: limits.sendsPerWindow,
  sendsPerDay: limits.sendsPerDay,
  ordersPerWindow: limits.ordersPerWindow,
  ordersPerDay: limits.ordersPerDay,
  lockThreshold: limits.lockThreshold,
  lockDuration: limits.lock / SECOND,
  maxFailures: limits.maxFailures,
  maxAttempts: limits.maxAttempts,
  auditRetention: 86_400,
});

const emailOf = (userId: string): string => `${userId}@example.com`;

export const newSignIn = (user: number): SignIn => ({ userId: `user-${user}`, session: PASSWORD });

export const aService = async (limits: Limits, breaks: Breaks = {}) => {
  const table = await aChallengeTable();
  const { measure, sums } = createMeasured();
  const started: DeliveryInput[] = [];
  const mails: SentMail[] = [];
  /** The challenges in the order in which they were first seen. A challenge's place in the list is its number. */
  const ids: ChallengeId[] = [];
  let time = NOW;
  let calls = 0;
  let keys: Readonly<Record<string, string>> = { '1970-01-01T00:00:00.000Z': 'first-key-'.padEnd(64, 'x') };
  let keyring: Keyring = parseKeyring(JSON.stringify(keys));

  const now = () => time;
  const nextId = (kind: string) => {
    calls += 1;
    return `${kind}-${calls}`;
  };
  const numberOf = (challengeId: ChallengeId): number => {
    if (!ids.includes(challengeId)) ids.push(challengeId);
    return ids.indexOf(challengeId);
  };
  const policy = toPolicy(limits);
  const deps = {
    challenges: breaks.challenges?.(table.challenges) ?? table.challenges,
    users: breaks.users?.(table.users) ?? table.users,
    readStanding: createReadStanding(table.client, table.tableName),
    spends: createSpendStore(table.client, table.tableName),
    recordReport: createRecordReport(table.client, table.tableName),
    startDelivery: async (input: DeliveryInput) => void started.push(input),
    keyFor: async (challengeId: ChallengeId) => keyFor(keyring, challengeId),
    addressKey: async () => ADDRESS_KEY,
    configurationSet: CONFIGURATION_SET,
    codeLength: CODE_LENGTH,
    maxAttempts: limits.maxAttempts,
    limits: policy,
    measure,
    now,
  };

  const create = async (signIn: SignIn, resend: boolean): Promise<{ asked: Asked; signIn: SignIn }> => {
    const current = signIn.session.at(-1)?.challengeId;
    const { userId } = signIn;
    const answer = await createChallenge(deps, {
      userId,
      email: emailOf(userId),
      addressHash: hashAddress(ADDRESS_KEY, emailOf(userId)),
      locale: 'en',
      call: resend && current !== undefined ? 'resend' : 'answer',
      requestId: nextId('request'),
      claims: {},
      ...(current && { current }),
    });
    if (answer.kind === 'refused')
      return { asked: { refused: answer.code, retryAt: answer.retryAt }, signIn };
    const { challenge, status, delivery, deliveryStatus, triesUntilLock, resendAt, limited } = answer;
    const { challengeId, attempts } = challenge;
    return {
      asked: {
        challenge: numberOf(challengeId),
        status,
        mail: delivery,
        mailStatus: deliveryStatus,
        answersLeft: limits.maxAttempts - attempts,
        triesUntilLock,
        resendAt,
        limited: limited?.code,
      },
      signIn: { ...signIn, round: { challengeId, round: nextId('round'), attempts } },
    };
  };

  /** The text of an answer of this kind. The right one is read from the inbox. */
  const wordsOf = (
    kind: AnswerKind,
    { userId, challengeId }: { userId: string; challengeId: ChallengeId },
  ) => {
    if (kind === 'unreadable') return 'no code';
    if (kind === 'right') return mails.find((mail) => mail.challengeId === challengeId)?.code;
    const code = deriveCode(keyFor(keyring, challengeId), { userId, challengeId }, CODE_LENGTH);
    return `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;
  };

  const verify = async ({ userId, round }: SignIn, kind: AnswerKind) => {
    if (round === undefined) throw new Error('Nothing was asked');
    const answer = wordsOf(kind, { userId, ...round });
    return checkAnswer(deps, {
      ...round,
      userId,
      email: emailOf(userId),
      clientId: CLIENT_ID,
      answer,
      requestId: nextId('request'),
      claims: {},
    });
  };

  /** Calls define with the answer's result, which is added to the session. */
  const define = ({ userId, session, round }: SignIn, succeeded: boolean) => {
    const entry = { challengeName: 'CUSTOM_CHALLENGE', succeeded, ...round };
    const next: SignIn = { userId, session: [...session, entry] };
    const facts = {
      session: next.session,
      userStatus: 'CONFIRMED',
      userExists: true,
      call: 'answer',
    } as const;
    const rounds = { maxRounds: limits.maxRounds, statusRounds: 0 };
    return { step: decideNextStep(facts, rounds).kind, signIn: next };
  };

  const sendMail =
    (ses: Ses): SendMail =>
    async ({ challengeId, delivery }, { text }) => {
      if (ses === 'refuses')
        return { kind: 'refused', error: new ReportedError('EmailRejected', 'MessageRejected') };
      const messageId = nextId('message');
      mails.push({ challengeId, delivery, messageId, code: /^\d{6}$/m.exec(text)?.[0] ?? 'none' });
      return { kind: 'accepted', messageId };
    };

  /** One execution of the delivery workflow, with its writes. */
  const work = async (input: DeliveryInput, ses: Ses) => {
    const task = { ...input, execution: nextId('execution'), retries: 0 };
    try {
      const { delivered } = await deliver({ ...deps, sendMail: sendMail(ses) }, task, nextId('invocation'));
      const { kind, messageId, sentAt } = delivered;
      if (kind === 'sent')
        await table.writeSent(input, input.delivery, { at: sentAt, by: 'workflow', messageId });
      return kind;
    } catch (error) {
      if (!(error instanceof ReportedError)) throw error;
      await table.writeFact(input, factName(input.delivery, 'SEND_FAILED'), aFact(time));
      await deps.users.giveBack(input, [input.delivery]);
      return error.name;
    }
  };

  return {
    table,
    started,
    mails,
    ids,
    sums,
    now,
    create,
    verify,
    define,
    work,
    nextId,
    pass: (ms: number) => {
      time += ms;
    },
    failuresOf: async (userId: string) => (await table.users.readUserRecord(userId)).consecutiveFailures,
    askForTokens: async (userId: string) =>
      (await guardTokens(deps, { userId, clientId: CLIENT_ID, requestId: nextId('request') })).kind,
    report: async (
      { challengeId, delivery, messageId }: SentMail,
      userId: string,
      eventType: 'Delivery' | 'Bounce',
    ) => {
      const tags = { user: [userId], challenge: [challengeId] };
      const event = aFeedback(eventType, { delivery, messageId, tags, at: new Date(time).toISOString() });
      return (await recordFeedback(deps, event)).kind;
    },
    /** Announces a key ten minutes ahead, as `rotate-key` does. */
    rotate: () => {
      keys = { ...keys, [new Date(time + 600 * SECOND).toISOString()]: nextId('key').padEnd(64, 'x') };
      keyring = parseKeyring(JSON.stringify(keys));
    },
    sweep: () =>
      sweep(
        {
          ...deps,
          challenges: createOpenChallenges(table.client, table.tableName),
          giveBack: deps.users.giveBack,
        },
        { requestId: nextId('request'), timeLeft: () => 50 * SECOND },
      ),
  };
};

export type Service = Awaited<ReturnType<typeof aService>>;
