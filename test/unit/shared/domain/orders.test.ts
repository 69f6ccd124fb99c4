import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SEND_WINDOW_SECONDS } from '../../../../shared/domain/limits.ts';
import {
  addOrder,
  countedSince,
  hasOrder,
  type OrderedMails,
  orderAllowedAt,
  sendAllowedAt,
} from '../../../../shared/domain/orders.ts';
import { aChallengeId, DEFAULT_LIMITS, MINUTE, NOW, SECOND } from '../../../support/table/challenges.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WINDOW = SEND_WINDOW_SECONDS * SECOND;
const NOTHING: OrderedMails = { sends: [] };

/** A first mail of a challenge of its own at each of these times. */
const orderedAt = (times: readonly number[], before = NOTHING): OrderedMails =>
  times.reduce(
    (mails, at, n) => addOrder(mails, { challengeId: aChallengeId(n, at), delivery: 1 }, at),
    before,
  );

describe('an order', () => {
  const [first, other] = [aChallengeId(), aChallengeId(1)];

  test('is kept by its challenge and number, beside those of the last day', () => {
    const mails = addOrder(
      { sends: [], orders: { [first]: { 1: NOW }, [other]: { 1: NOW - DAY, 2: NOW - DAY + 1 } } },
      { challengeId: first, delivery: 2 },
      NOW + 1,
    );

    expect(mails.orders).toEqual({ [first]: { 1: NOW, 2: NOW + 1 } });
    expect([1, 2, 3].map((delivery) => hasOrder(mails, { challengeId: first, delivery }))).toEqual([
      true,
      true,
      false,
    ]);
    expect(hasOrder(mails, { challengeId: other, delivery: 2 })).toBe(false);
    expect(hasOrder(NOTHING, { challengeId: first, delivery: 1 })).toBe(false);
  });

  test('counts from its time on', () => {
    const mails = orderedAt([NOW, NOW + MINUTE], { sends: [NOW - MINUTE] });

    expect([NOW - HOUR, NOW - MINUTE, NOW, NOW + MINUTE].map((since) => countedSince(mails, since))).toEqual([
      3, 2, 1, 0,
    ]);
  });
});

describe('the limits of the mails that count', () => {
  test.each([
    ['five within 15 minutes', [0, 2, 4, 6, 8].map((n) => NOW + n * MINUTE), NOW + WINDOW],
    ['twenty within a day', Array.from({ length: 20 }, (_, n) => NOW + n * HOUR), NOW + DAY],
  ])('allow another one after %s when the first of them is that old', (_, times, expected) => {
    expect(sendAllowedAt(orderedAt(times), DEFAULT_LIMITS)).toBe(expected);
    expect(sendAllowedAt({ sends: times }, DEFAULT_LIMITS)).toBe(expected);
  });

  test('allow one more while there are fewer', () => {
    expect(sendAllowedAt(orderedAt([NOW, NOW, NOW, NOW]), DEFAULT_LIMITS)).toBe(Number.NEGATIVE_INFINITY);
  });

  test('go by the time and not by the order in which mails were written, with those of the first release', () => {
    const times = fc.array(fc.nat(DAY), { minLength: 5, maxLength: 25 });
    fc.assert(
      fc.property(times, fc.nat(25), (later, ofTheFirstRelease) => {
        const at = later.map((ms) => NOW + ms);
        const sends = at.slice(0, ofTheFirstRelease);
        const orders = Object.fromEntries(
          at.slice(ofTheFirstRelease).map((time, n) => [aChallengeId(n), { 1: time }]),
        );

        expect(sendAllowedAt({ sends, orders }, DEFAULT_LIMITS)).toBe(
          sendAllowedAt({ sends: at.toSorted((a, b) => a - b) }, DEFAULT_LIMITS),
        );
      }),
    );
  });

  test('count the mails of the first release for a day, whatever is taken back meanwhile', () => {
    const sends = [NOW, NOW + HOUR];

    const mails = orderedAt([NOW + DAY - 1], { sends });
    const later = orderedAt([NOW + DAY], { ...mails, orders: {} });
    const last = orderedAt([NOW + DAY + HOUR], { ...later, orders: {} });

    expect([mails, later, last].map((then) => then.sends)).toEqual([sends, [NOW + HOUR], []]);
  });
});

describe('the ceiling', () => {
  const counted = (count: number, since = NOW) => ({
    ...NOTHING,
    inWindow: { since, count },
    inDay: { since, count },
  });

  test('counts every order, also those that were taken back', () => {
    const times = Array.from({ length: 60 }, (_, n) => NOW + n * SECOND);

    const mails = times.reduce<OrderedMails>(
      (before, at, n) => ({
        ...addOrder(before, { challengeId: aChallengeId(n), delivery: 1 }, at),
        orders: {},
      }),
      NOTHING,
    );

    expect(mails).toMatchObject({ inWindow: { since: NOW, count: 60 }, inDay: { since: NOW, count: 60 } });
    expect(sendAllowedAt(mails, DEFAULT_LIMITS)).toBe(Number.NEGATIVE_INFINITY);
    expect(orderAllowedAt(mails, DEFAULT_LIMITS)).toBe(NOW + WINDOW);
  });

  test.each([
    [59, Number.NEGATIVE_INFINITY],
    [60, NOW + WINDOW],
    [199, NOW + WINDOW],
    [200, NOW + DAY],
  ])('after %i orders since one time allows another at %s', (count, expected) => {
    expect(orderAllowedAt(counted(count), DEFAULT_LIMITS)).toBe(expected);
  });

  test('begins to count again with the first order after its window or its day', () => {
    const countsAt = (later: number) => {
      const { inWindow, inDay } = orderedAt([NOW + later], counted(7));
      return [inWindow, inDay];
    };

    expect(countsAt(WINDOW - 1)).toEqual([
      { since: NOW, count: 8 },
      { since: NOW, count: 8 },
    ]);
    expect(countsAt(WINDOW)).toEqual([
      { since: NOW + WINDOW, count: 1 },
      { since: NOW, count: 8 },
    ]);
    expect(countsAt(DAY)).toEqual([
      { since: NOW + DAY, count: 1 },
      { since: NOW + DAY, count: 1 },
    ]);
  });

  test('knows nothing of the first release’s mails', () => {
    expect(orderAllowedAt({ sends: Array.from({ length: 300 }, () => NOW) }, DEFAULT_LIMITS)).toBe(
      Number.NEGATIVE_INFINITY,
    );
  });
});
