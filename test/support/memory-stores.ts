/** The two stores in memory, by the same rules, for tests of what is called and in which order. */
import { attemptName, type Challenge, type ChallengeId } from '../../shared/challenge.ts';
import type { Attempt, ChallengeStore } from '../../shared/challenge-store.ts';
import type { GuardStore } from '../../shared/guard-store.ts';
import type { Guard } from '../../shared/policy.ts';
import { aChallenge } from './challenges.ts';

export interface MemoryStores {
  readonly challenges: ChallengeStore;
  readonly guards: GuardStore;
  /** The calls so far, by method name. */
  readonly calls: string[];
  /** The challenges that are stored, to be looked at and to be changed. */
  readonly stored: Map<ChallengeId, Challenge>;
  guard: Guard;
  /** Runs before each claim, as another request of the same user could. */
  beforeClaim: () => void;
}

export const createMemoryStores = (challenges: readonly Challenge[] = [], guard?: Guard): MemoryStores => {
  const calls: string[] = [];
  const stored = new Map(challenges.map((challenge) => [challenge.challengeId, challenge]));
  const isOpen = (challenge: Challenge | undefined, now: number): challenge is Challenge =>
    challenge !== undefined && challenge.outcome === undefined && challenge.expiresAt > now;

  const isAt = ({ attempts }: Challenge, attempt: Attempt, maxAttempts: number) =>
    attempt === 'last' ? attempts === maxAttempts - 1 : attempts < maxAttempts - 1;

  const memory: MemoryStores = {
    calls,
    stored,
    guard: guard ?? { version: 0, consecutiveFailures: 0 },
    beforeClaim: () => {},
    challenges: {
      read: async ({ challengeId }) => {
        calls.push('read');
        return stored.get(challengeId);
      },
      request: async ({ challengeId, userId, delivery, recipient, lifetimeSeconds, fact }) => {
        calls.push('request');
        const known = stored.get(challengeId);
        if (known === undefined && delivery > 1) return undefined;
        const expiresAt = Date.parse(fact.at) + lifetimeSeconds * 1000;
        const challenge = known ?? aChallenge({ challengeId, userId, recipient, expiresAt, events: {} });
        const name = delivery === 1 ? '1#REQUESTED' : `${delivery}#RESEND_REQUESTED`;
        stored.set(challengeId, { ...challenge, events: { [name]: fact, ...challenge.events } });
        return stored.get(challengeId);
      },
      consume: async ({ challengeId, now, maxAttempts }, attempt) => {
        calls.push(`consume ${attempt}`);
        const challenge = stored.get(challengeId);
        if (!isOpen(challenge, now) || !isAt(challenge, attempt, maxAttempts)) return false;
        stored.set(challengeId, { ...challenge, outcome: 'VERIFIED' });
        return true;
      },
      countAttempt: async ({ challengeId, now, round, maxAttempts, by }, attempt) => {
        calls.push(`countAttempt ${attempt}`);
        const challenge = stored.get(challengeId);
        if (!isOpen(challenge, now) || !isAt(challenge, attempt, maxAttempts)) return false;
        if (challenge.events[attemptName(round)] !== undefined) return false;
        const fact = { at: new Date(now).toISOString(), by, round };
        const events = { ...challenge.events, [attemptName(round)]: fact };
        const counted = { ...challenge, events, attempts: challenge.attempts + 1 };
        stored.set(challengeId, attempt === 'last' ? { ...counted, outcome: 'EXHAUSTED' } : counted);
        return true;
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
      claimDelivery: async (_, { version }, { challengeId, delivery }, claimedAt) => {
        calls.push('claimDelivery');
        memory.beforeClaim();
        if (version !== memory.guard.version) return false;
        const latest = { challengeId, delivery, claimedAt };
        memory.guard = { ...memory.guard, version: version + 1, latest };
        return true;
      },
      clearFailures: async () => {
        calls.push('clearFailures');
      },
      countFailure: async (_, { exhausted }) => {
        calls.push(exhausted ? 'countFailure exhausted' : 'countFailure');
      },
    },
  };
  return memory;
};
