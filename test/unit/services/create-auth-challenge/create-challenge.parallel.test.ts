import { describe, expect, test } from 'vitest';
import { createChallenge } from '../../../../services/create-auth-challenge/create-challenge.ts';
import { createReadStanding } from '../../../../services/create-auth-challenge/standing-reader.ts';
import type { DeliveryInput } from '../../../../shared/messages/delivery.ts';
import { aChallengeTable } from '../../../support/table/challenge-table.ts';
import {
  ADDRESS_HASH,
  DEFAULT_LIMITS,
  MINUTE,
  NOW,
  SECOND,
  USER_ID,
} from '../../../support/table/challenges.ts';

// Sign-ins and resends of one user that arrive at the same time, on a real DynamoDB engine.

const aUser = async () => {
  const table = await aChallengeTable();
  const started: DeliveryInput[] = [];
  let requests = 0;
  /** Starts so many sign-ins at once, and returns their results. */
  const signInAtOnce = (count: number, now: number) =>
    Promise.all(
      Array.from({ length: count }, () => {
        requests += 1;
        return createChallenge(
          {
            challenges: table.challenges,
            users: table.users,
            readStanding: createReadStanding(table.client, table.tableName),
            startDelivery: async (input) => void started.push(input),
            measure: () => {},
            now: () => now,
            limits: DEFAULT_LIMITS,
          },
          {
            userId: USER_ID,
            email: 'alice@example.com',
            locale: 'en',
            addressHash: ADDRESS_HASH,
            call: 'answer',
            requestId: `request-${requests}`,
            claims: {},
          },
        ).then(
          (answer) => (answer.kind === 'issued' ? answer.challenge.challengeId : answer.code),
          (error: Error) => error.message,
        );
      }),
    );
  const ordered = () => new Set(started.map(({ challengeId, delivery }) => `${challengeId} ${delivery}`));
  return { table, signInAtOnce, ordered };
};

describe('sign-ins of one user at the same time', () => {
  test('share one challenge and order one mail', async () => {
    const { table, signInAtOnce, ordered } = await aUser();
    await using _ = table;

    const answers = await signInAtOnce(20, NOW);

    expect(new Set(answers).size).toBe(1);
    expect(ordered().size).toBe(1);
    const { orders = {} } = await table.users.readUserRecord(USER_ID);
    expect(Object.values(orders)).toEqual([{ 1: NOW }]);
  });

  test('order no more mails than the window allows, however often they come', async () => {
    const { table, signInAtOnce, ordered } = await aUser();
    await using _ = table;

    const seen: string[] = [];
    for (let at = NOW; at < NOW + 14 * MINUTE; at += 31 * SECOND) seen.push(...(await signInAtOnce(5, at)));

    expect(ordered().size).toBe(DEFAULT_LIMITS.sendsPerWindow);
    expect(seen).toContain('SEND_LIMIT');
    expect(new Set(seen).size).toBe(DEFAULT_LIMITS.sendsPerWindow + 1);
  });
});
