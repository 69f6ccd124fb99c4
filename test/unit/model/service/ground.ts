/** What the calls of a service share: its table, its clock, its keys, the addresses of its users, and what was measured. */
import { createReadStanding } from '../../../../services/create-auth-challenge/standing-reader.ts';
import { createSpendStore, type SpendStore } from '../../../../services/guard-tokens/spend-store.ts';
import { createRecordReport } from '../../../../services/record-feedback/feedback-store.ts';
import { hashAddress } from '../../../../shared/domain/address-hash.ts';
import type { ChallengeId } from '../../../../shared/domain/challenge.ts';
import { type Keyring, keyFor, parseKeyring } from '../../../../shared/domain/keyring.ts';
import type { Limits as PolicyLimits } from '../../../../shared/domain/limits.ts';
import type { DeliveryInput } from '../../../../shared/messages/delivery.ts';
import type { ChallengeStore } from '../../../../shared/table/challenge-store.ts';
import type { UserStore } from '../../../../shared/table/user-store.ts';
import { CONFIGURATION_SET } from '../../../support/sign-in/feedback.ts';
import { createMeasured } from '../../../support/system/measured.ts';
import { aChallengeTable } from '../../../support/table/challenge-table.ts';
import { ADDRESS_KEY, NOW, SECOND } from '../../../support/table/challenges.ts';
import type { Limits } from '../rules/model.ts';

/** Deliberate breaks: each changes a store or a limit before the rules get it. */
export interface Breaks {
  readonly users?: (users: UserStore) => UserStore;
  readonly challenges?: (challenges: ChallengeStore) => ChallengeStore;
  readonly spends?: (spends: SpendStore) => SpendStore;
  readonly limits?: Partial<PolicyLimits>;
}

/** A mail in the inbox. */
export interface SentMail {
  readonly challengeId: ChallengeId;
  readonly delivery: number;
  readonly messageId: string;
  readonly code: string;
}

const toPolicy = (limits: Limits): PolicyLimits => {
  const { lifetime, cooldown, laterCooldown, lock, ...numbers } = limits;
  return {
    ...numbers,
    codeLength: 6,
    codeLifetime: lifetime / SECOND,
    resendCooldown: cooldown / SECOND,
    laterResendCooldown: laterCooldown / SECOND,
    lockDuration: lock / SECOND,
    reportLock: 900,
    auditRetention: 86_400,
  };
};

const FIRST_KEY = { '1970-01-01T00:00:00.000Z': 'first-key-'.padEnd(64, 'x') };

/** The keys of codes, and the way to add one. */
const aKeyring = () => {
  let keys: Readonly<Record<string, string>> = FIRST_KEY;
  let keyring: Keyring = parseKeyring(JSON.stringify(keys));
  return {
    keyOf: (challengeId: ChallengeId) => keyFor(keyring, challengeId),
    add: (notBefore: number, key: string) => {
      keys = { ...keys, [new Date(notBefore).toISOString()]: key };
      keyring = parseKeyring(JSON.stringify(keys));
    },
  };
};

/** The ground of one service, with an empty table. */
export const aGround = async (limits: Limits, breaks: Breaks) => {
  const table = await aChallengeTable();
  const { measure, sums } = createMeasured();
  const started: DeliveryInput[] = [];
  const mails: SentMail[] = [];
  const emails = new Map<string, string>();
  const { keyOf, add } = aKeyring();
  let time = NOW;
  let calls = 0;

  const now = () => time;
  const nextId = (kind: string): string => {
    calls += 1;
    return `${kind}-${calls}`;
  };
  const emailOf = (userId: string): string => emails.get(userId) ?? `${userId}@example.com`;
  const spends = createSpendStore(table.client, table.tableName);
  const policy = { ...toPolicy(limits), ...breaks.limits };
  const deps = {
    challenges: breaks.challenges?.(table.challenges) ?? table.challenges,
    users: breaks.users?.(table.users) ?? table.users,
    spends: breaks.spends?.(spends) ?? spends,
    readStanding: createReadStanding(table.client, table.tableName),
    recordReport: createRecordReport(table.client, table.tableName),
    startDelivery: async (input: DeliveryInput) => void started.push(input),
    keyFor: async (challengeId: ChallengeId) => keyOf(challengeId),
    addressKey: async () => ADDRESS_KEY,
    configurationSet: CONFIGURATION_SET,
    codeLength: policy.codeLength,
    maxAttempts: policy.maxAttempts,
    limits: policy,
    measure,
    now,
  };
  return {
    table,
    deps,
    started,
    mails,
    sums,
    now,
    nextId,
    keyOf,
    emailOf,
    hashOf: (userId: string): string => hashAddress(ADDRESS_KEY, emailOf(userId)),
    pass: (ms: number) => {
      time += ms;
    },
    /** The user has another address from now on. */
    changeEmail: (userId: string, email: string) => void emails.set(userId, email),
    /** Announces a key ten minutes ahead, as `rotate-key` does. */
    rotate: () => add(time + 600 * SECOND, nextId('key').padEnd(64, 'x')),
  };
};

export type Ground = Awaited<ReturnType<typeof aGround>>;
