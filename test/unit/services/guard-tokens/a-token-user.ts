import { type GuardOutcome, guardTokens } from '../../../../services/guard-tokens/guard-tokens.ts';
import { createSpendStore, type SpendStore } from '../../../../services/guard-tokens/spend-store.ts';
import type { Challenge, ChallengeId } from '../../../../shared/domain/challenge.ts';
import { createMeasured, type Measured } from '../../../support/system/measured.ts';
import type { ChallengeTable } from '../../../support/table/challenge-table.ts';
import {
  aChallengeId,
  aFact,
  anAnswer,
  aRequest,
  CLIENT_ID,
  NOW,
  SECOND,
} from '../../../support/table/challenges.ts';

export const VERIFIED_AT = NOW + 10 * SECOND;

/** A user for whom tokens are asked for. Challenges have numbers; a higher one is newer. */
export interface TokenUser {
  readonly userId: string;
  readonly spends: SpendStore;
  readonly measured: Measured;
  guard(
    now: number,
    asked?: { readonly requestId?: string; readonly clientId?: string },
  ): Promise<GuardOutcome>;
  request(n: number): Promise<ChallengeId>;
  /** Verifies the challenge at a client, as verify-auth-challenge does; at none, as the first release did. */
  consume(n: number, now: number, client?: string | null): Promise<void>;
  /** Requests and verifies. */
  verify(n: number, now?: number, client?: string | null): Promise<ChallengeId>;
  factsOf(n: number): Promise<Challenge['events']>;
}

/** Makes users of the table, each a new one. */
export const usersOf = (table: ChallengeTable): (() => TokenUser) => {
  let users = 0;
  return () => {
    users += 1;
    const userId = `user-${users}`;
    const measured = createMeasured();
    const spends = createSpendStore(table.client, table.tableName);
    const user: TokenUser = {
      userId,
      spends,
      measured,
      guard: (now, { requestId = `request-${now}`, clientId = CLIENT_ID } = {}) =>
        guardTokens({ spends, measure: measured.measure, now: () => now }, { userId, clientId, requestId }),
      request: async (n) => {
        await table.challenges.request(aRequest({ userId, challengeId: aChallengeId(n) }));
        return aChallengeId(n);
      },
      consume: async (n, now, client = CLIENT_ID) => {
        const fact = aFact(now, client === null ? {} : { client });
        await table.challenges.consume(
          anAnswer({ userId, challengeId: aChallengeId(n), now, fact }),
          'notLast',
        );
      },
      verify: async (n, now = VERIFIED_AT, client = CLIENT_ID) => {
        const challengeId = await user.request(n);
        await user.consume(n, now, client);
        return challengeId;
      },
      factsOf: async (n) =>
        (await table.challenges.read({ userId, challengeId: aChallengeId(n) }))?.events ?? {},
    };
    return user;
  };
};
