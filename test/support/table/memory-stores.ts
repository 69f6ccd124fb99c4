/** The two stores in memory, by the same rules, for tests of what is called and in which order. */
import {
  attemptName,
  type Challenge,
  type ChallengeId,
  type Fact,
  factName,
  requestName,
} from '../../../shared/domain/challenge.ts';
import { type Guard, NO_GUARD } from '../../../shared/domain/policy.ts';
import type { Attempt, ChallengeStore } from '../../../shared/table/challenge-store.ts';
import type { GuardStore } from '../../../shared/table/guard-store.ts';
import { aChallenge } from './challenges.ts';

export interface MemoryStores {
  readonly challenges: ChallengeStore;
  readonly guards: GuardStore;
  /** The calls so far, by method name. */
  readonly calls: string[];
  /** The challenges that are stored, to be looked at and to be changed. */
  readonly stored: Map<ChallengeId, Challenge>;
  guard: Guard;
  /** Runs before each claim, each clearing and each unlocking, as another request of the same user could. */
  beforeClaim: () => void;
}

export const createMemoryStores = (challenges: readonly Challenge[] = [], guard?: Guard): MemoryStores => {
  const calls: string[] = [];
  const stored = new Map(challenges.map((challenge) => [challenge.challengeId, challenge]));
  const isOpen = (challenge: Challenge | undefined, now: number): challenge is Challenge =>
    challenge !== undefined && challenge.outcome === undefined && challenge.expiresAt > now;

  const isAt = ({ attempts }: Challenge, attempt: Attempt, maxAttempts: number) =>
    attempt === 'last' ? attempts === maxAttempts - 1 : attempts < maxAttempts - 1;

  /** Each fact is written once. */
  const note = (challenge: Challenge, names: readonly string[], fact: Fact): Challenge => {
    const facts = Object.fromEntries(names.map((name) => [name, fact]));
    const noted = { ...challenge, events: { ...facts, ...challenge.events } };
    stored.set(challenge.challengeId, noted);
    return noted;
  };

  const memory: MemoryStores = {
    calls,
    stored,
    guard: guard ?? NO_GUARD,
    beforeClaim: () => {},
    challenges: {
      read: async ({ challengeId }) => {
        calls.push('read');
        return stored.get(challengeId);
      },
      request: async ({ challengeId, userId, delivery, recipient, codeLifetime, fact }) => {
        calls.push('request');
        const known = stored.get(challengeId);
        if (delivery > 1 && (known === undefined || known.outcome !== undefined)) return undefined;
        const expiresAt = Date.parse(fact.at) + codeLifetime * 1000;
        const challenge = known ?? aChallenge({ challengeId, userId, recipient, expiresAt, events: {} });
        return note(challenge, [requestName(delivery)], fact);
      },
      reuse: async ({ challengeId, delivery, fact }) => {
        calls.push('reuse');
        const known = stored.get(challengeId);
        if (known === undefined || known.outcome !== undefined) return undefined;
        return note(known, [requestName(delivery), factName(delivery, 'REUSED')], fact);
      },
      consume: async ({ challengeId, now, round, maxAttempts, fact }, attempt) => {
        calls.push(`consume ${attempt}`);
        const challenge = stored.get(challengeId);
        if (!isOpen(challenge, now) || !isAt(challenge, attempt, maxAttempts)) return undefined;
        if (challenge.events[attemptName(round)] !== undefined) return undefined;
        return note({ ...challenge, outcome: 'VERIFIED' }, ['VERIFIED'], fact);
      },
      countAttempt: async ({ challengeId, now, round, maxAttempts, fact }, attempt) => {
        calls.push(`countAttempt ${attempt}`);
        const challenge = stored.get(challengeId);
        if (!isOpen(challenge, now) || !isAt(challenge, attempt, maxAttempts)) return false;
        if (challenge.events[attemptName(round)] !== undefined) return false;
        const counted = { ...challenge, attempts: challenge.attempts + 1 };
        if (attempt === 'last') {
          note({ ...counted, outcome: 'EXHAUSTED' }, [attemptName(round), 'EXHAUSTED'], fact);
        } else {
          note(counted, [attemptName(round)], fact);
        }
        return true;
      },
      note: async ({ challengeId }, name, fact) => {
        calls.push(`note ${name}`);
        const challenge = stored.get(challengeId);
        return challenge && note(challenge, [name], fact).events[name];
      },
      claimLease: async ({ challengeId, now }) => {
        calls.push('claimLease');
        const challenge = stored.get(challengeId);
        return isOpen(challenge, now) ? challenge : undefined;
      },
    },
    guards: {
      readGuard: async () => {
        calls.push('readGuard');
        return memory.guard;
      },
      claimDelivery: async (_, { version }, { challengeId, delivery, sends }, claimedAt) => {
        calls.push('claimDelivery');
        memory.beforeClaim();
        if (version !== memory.guard.version) return false;
        const latest = { challengeId, delivery, claimedAt };
        memory.guard = { ...memory.guard, version: version + 1, latest, sends };
        return true;
      },
      clearFailures: async (_userId, _challengeId, clearable) => {
        const byVersion = 'version' in clearable;
        calls.push(byVersion ? 'clearFailures of version' : 'clearFailures');
        const { version, consecutiveFailures, sends } = memory.guard;
        memory.beforeClaim();
        const isClearable = byVersion
          ? clearable.version === memory.guard.version
          : consecutiveFailures < clearable.failuresBelow;
        if (isClearable) memory.guard = { version: version + 1, consecutiveFailures: 0, sends };
        return isClearable;
      },
      countFailure: async (_, { now, exhausted, maxFailures }) => {
        calls.push(exhausted ? 'countFailure exhausted' : 'countFailure');
        const { version, consecutiveFailures } = memory.guard;
        if (consecutiveFailures >= maxFailures) return undefined;
        memory.guard = {
          ...memory.guard,
          version: version + 1,
          consecutiveFailures: consecutiveFailures + 1,
          lastFailureAt: now,
        };
        return memory.guard;
      },
      unlock: async (_, { version }) => {
        calls.push('unlock');
        memory.beforeClaim();
        if (version !== memory.guard.version) return undefined;
        const { lastFailureAt: _gone, ...guard } = memory.guard;
        memory.guard = { ...guard, version: version + 1, consecutiveFailures: 0 };
        return memory.guard;
      },
    },
  };
  return memory;
};
