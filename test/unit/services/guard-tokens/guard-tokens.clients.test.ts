import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aChallengeTable, type ChallengeTable } from '../../../support/table/challenge-table.ts';
import { aChallengeId, aFact, CLIENT_ID, NOW, SECOND } from '../../../support/table/challenges.ts';
import { type TokenUser, usersOf, VERIFIED_AT } from './a-token-user.ts';

// Whoever asks for tokens gets them for a code that was given at the same app client, and for no other.

const OTHER = 'client-of-another-app';

let table: ChallengeTable;
let aUser: () => TokenUser;
beforeAll(async () => {
  table = await aChallengeTable();
  aUser = usersOf(table);
});
afterAll(() => table[Symbol.asyncDispose]());

describe('a client at which no code was given', () => {
  test('gets no tokens for the code of another client, before and after they were spent there', async () => {
    const { guard, verify, factsOf, measured } = aUser();
    const challengeId = await verify(0);

    const before = await guard(VERIFIED_AT, { clientId: OTHER });
    const own = await guard(VERIFIED_AT + SECOND);
    const after = await guard(VERIFIED_AT + 2 * SECOND, { clientId: OTHER });

    expect([before, own, after]).toEqual([
      { kind: 'notVerified', challengeId },
      { kind: 'issued', challengeId },
      { kind: 'notVerified', challengeId },
    ]);
    expect((await factsOf(0)).TOKENS_ISSUED).toMatchObject({ client: CLIENT_ID });
    expect(measured.sums()).toEqual({ TokensIssued: 1, TokensRefused: 2 });
  });

  test('is named in the trail of the newest challenge', async () => {
    const { guard, verify, factsOf } = aUser();
    await verify(0);

    await guard(VERIFIED_AT, { clientId: OTHER, requestId: 'request-of-the-other' });

    expect((await factsOf(0)).TOKENS_REFUSED).toEqual({
      at: new Date(VERIFIED_AT).toISOString(),
      by: 'guard-tokens',
      request: 'request-of-the-other',
      client: OTHER,
    });
  });

  test.each([
    ['without its last letter', CLIENT_ID.slice(0, -1)],
    ['with one letter more', `${CLIENT_ID}0`],
    ['in other letters', CLIENT_ID.toUpperCase()],
    ['with nothing in it', ''],
  ])('is another one also if its id is that of the first %s', async (_, clientId) => {
    const { guard, verify } = aUser();
    await verify(0);

    expect((await guard(VERIFIED_AT, { clientId })).kind).toBe('notVerified');
  });

  test('cannot be let in by a write that comes later than its choice', async () => {
    const { userId, spends, verify, factsOf } = aUser();
    const challengeId = await verify(0);
    const fact = aFact(VERIFIED_AT, { client: OTHER });
    const spend = { userId, challengeId, fact, repeatedSince: new Date(NOW).toISOString() };

    expect(await spends.spend({ ...spend, clientId: OTHER })).toBeUndefined();
    expect(await factsOf(0)).not.toHaveProperty('TOKENS_ISSUED');
    expect(await spends.spend({ ...spend, clientId: CLIENT_ID })).toEqual(fact);
    expect(await spends.spend({ ...spend, clientId: OTHER })).toBeUndefined();
  });
});

describe('two clients', () => {
  test('at once each get the tokens for their own code, whichever is newer', async () => {
    const { guard, verify } = aUser();
    const theirs = await verify(0, VERIFIED_AT, OTHER);
    const own = await verify(1);

    expect(await guard(VERIFIED_AT, { clientId: OTHER })).toEqual({ kind: 'issued', challengeId: theirs });
    expect(await guard(VERIFIED_AT + 1)).toEqual({ kind: 'issued', challengeId: own });
    expect(await guard(VERIFIED_AT + 2, { clientId: OTHER })).toEqual({
      kind: 'repeated',
      challengeId: theirs,
    });
  });
});

describe('a code that the first release verified, which named no client,', () => {
  test('gives tokens for 60 seconds, once', async () => {
    const { guard, verify } = aUser();
    const challengeId = await verify(0, VERIFIED_AT, null);

    expect(await guard(VERIFIED_AT + 60 * SECOND)).toEqual({ kind: 'issued', challengeId });
    expect((await guard(VERIFIED_AT + 60 * SECOND + 1)).kind).toBe('notVerified');
  });
});

describe('a user who signs in at many places at once', () => {
  /** Every sign-in of the test has a challenge of its own, and they were all verified in one minute. */
  const verifyMany = async ({ verify }: TokenUser, count: number, client = OTHER) => {
    for (let n = 1; n <= count; n += 1) await verify(n, VERIFIED_AT + n * SECOND, client);
  };

  test('gets tokens for the oldest of 35 codes', async () => {
    const user = aUser();
    const challengeId = await user.verify(0);
    await verifyMany(user, 34);

    expect(await user.guard(VERIFIED_AT + 40 * SECOND)).toEqual({ kind: 'issued', challengeId });
  });

  test('gets tokens for each code of twelve', async () => {
    const user = aUser();
    await user.verify(0);
    await verifyMany(user, 11, CLIENT_ID);

    const spent = new Set<string | undefined>();
    for (let n = 0; n < 12; n += 1) {
      const { kind, challengeId } = await user.guard(VERIFIED_AT + 20 * SECOND + n);
      if (kind === 'issued') spent.add(challengeId);
    }

    expect(spent).toEqual(new Set(Array.from({ length: 12 }, (_, n) => aChallengeId(n))));
  });

  test('is refused if none of the codes was given at the client', async () => {
    const user = aUser();
    await verifyMany(user, 25);

    expect(await user.guard(VERIFIED_AT + 40 * SECOND)).toEqual({
      kind: 'notVerified',
      challengeId: aChallengeId(25),
    });
  });
});
