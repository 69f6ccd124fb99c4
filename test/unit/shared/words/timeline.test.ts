import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Challenge, Fact, Outcome } from '../../../../shared/domain/challenge.ts';
import { deliveriesOf, standingOf, timelineOf } from '../../../../shared/words/timeline.ts';
import { aChallenge, aFact, NOW, SECOND } from '../../../support/table/challenges.ts';

const REQUESTED = { '1#REQUESTED': aFact() };
const SENT = { '1#SENT': aFact(NOW + 2 * SECOND, { messageId: 'message-1', try: 1 }) };

const withEvents = (events: Readonly<Record<string, Fact>>, outcome?: Outcome): Challenge =>
  aChallenge({ events, ...(outcome && { outcome }) });

describe('the timeline', () => {
  it('has each fact with its time, mail, component and ids, oldest first', () => {
    const steps = timelineOf(
      withEvents({
        ...SENT,
        'attempt#round-1': aFact(NOW + 9 * SECOND, { round: 'round-1', request: 'request-2' }),
        '1#REQUESTED': aFact(NOW, { request: 'request-1' }),
      }),
    );

    expect(steps).toEqual([
      {
        ...{ name: '1#REQUESTED', at: NOW, by: 'test', delivery: 1, words: 'code requested' },
        ...{ ids: { request: 'request-1' }, details: {}, sinceRequest: 0, sinceLast: 0 },
      },
      {
        ...{ name: '1#SENT', at: NOW + 2000, by: 'test', delivery: 1, words: 'mailed' },
        ...{ ids: { messageId: 'message-1' }, details: { try: '1' }, sinceRequest: 2000, sinceLast: 2000 },
      },
      {
        ...{ name: 'attempt#round-1', at: NOW + 9000, by: 'test', words: 'wrong answer' },
        ...{
          ids: { request: 'request-2', round: 'round-1' },
          details: {},
          sinceRequest: 9000,
          sinceLast: 7000,
        },
      },
    ]);
  });

  it('labels what only the client says of itself as claimed', () => {
    const fact = aFact(NOW, { claimedIp: '203.0.113.7', claimedUserAgent: 'Mozilla/5.0' });

    const [step] = timelineOf(withEvents({ '1#REQUESTED': fact }));

    expect(step?.details).toEqual({ 'claimed IP': '203.0.113.7', 'claimed client': 'Mozilla/5.0' });
  });

  it("masks an address in a server's reply", () => {
    const fact = aFact(NOW, { smtpReply: '250 OK <alice@example.com>', reason: 'bob@example.com?' });

    const shown = JSON.stringify(timelineOf(withEvents({ '1#DELIVERED': fact, '1#SEND_FAILED': fact })));

    expect(shown).toContain('250 OK <***>');
    expect(shown).not.toMatch(/(alice|bob)@/);
  });

  it('puts the last wrong answer before the end that it brought', () => {
    const steps = timelineOf(
      withEvents({ EXHAUSTED: aFact(), 'attempt#a': aFact(), ...REQUESTED }, 'EXHAUSTED'),
    );

    expect(steps.map(({ words }) => words)).toEqual([
      'code requested',
      'wrong answer',
      'closed: no answers left',
    ]);
  });

  it('shows a fact that it does not know by its name', () => {
    const steps = timelineOf(
      withEvents({ ...REQUESTED, '1#OPENED': aFact(), toString: aFact(), NEW: aFact() }),
    );

    expect(steps.map(({ words }) => words)).toEqual(['code requested', 'OPENED', 'NEW', 'toString']);
  });
});

it('knows the first mail before any fact mentions it', () => {
  const [delivery, ...others] = deliveriesOf(withEvents({}));

  expect(delivery).toMatchObject({ number: 1, status: 'SENDING', requestedAt: NOW });
  expect(others).toEqual([]);
});

describe('the same facts', () => {
  const DELIVERY_FACTS =
    'REQUESTED RESEND_REQUESTED REUSED SENT SEND_FAILED ACCEPTED DELIVERED DELAYED BOUNCED SUPPRESSED COMPLAINED REJECTED OPENED';
  const names = [
    ...DELIVERY_FACTS.split(' ').flatMap((fact) => [`1#${fact}`, `2#${fact}`]),
    ...[
      'attempt#a',
      'attempt#b',
      'VERIFIED',
      'EXHAUSTED',
      'EXPIRED',
      'ORPHANED',
      'REPLACED',
      'REVOKED',
      'LOCKED',
      'REFUSED',
      'UNLOCKED#7',
      '__proto',
      'NEW',
    ],
  ];
  const fact = fc.record({
    at: fc.constantFrom(0, 1, 2, 30, 301).map((seconds) => new Date(NOW + seconds * SECOND).toISOString()),
    by: fc.constantFrom('delivery-workflow', 'record-feedback'),
    type: fc.constantFrom('Permanent', 'Transient', 'General'),
    subtype: fc.constantFrom('NoEmail', 'General', 'OnAccountSuppressionList'),
    messageId: fc.constantFrom('message-1', 'message-2'),
  });
  const facts = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fact), { selector: ([name]) => name });
  const outcomes = fc.constantFrom<(Outcome | undefined)[]>(
    undefined,
    'VERIFIED',
    'EXHAUSTED',
    'EXPIRED',
    'ORPHANED',
    'REPLACED',
    'REVOKED',
  );

  it('give the same words in any order', () => {
    const twoOrders = facts.chain((some) =>
      fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
    );
    fc.assert(
      fc.property(
        twoOrders,
        outcomes,
        fc.integer({ min: 0, max: 400 }),
        ([some, shuffled], outcome, seconds) => {
          const [one, other] = [some, shuffled].map((all) => withEvents(Object.fromEntries(all), outcome));
          const now = NOW + seconds * SECOND;

          expect(timelineOf(other as Challenge)).toEqual(timelineOf(one as Challenge));
          expect(standingOf(other as Challenge, now)).toBe(standingOf(one as Challenge, now));
        },
      ),
    );
  });

  it('make one sentence without gaps, whatever they are', () => {
    fc.assert(
      fc.property(facts, outcomes, (some, outcome) => {
        const text = standingOf(withEvents(Object.fromEntries(some), outcome), NOW + 30 * SECOND);

        expect(text).not.toMatch(/undefined|NaN|Invalid|, ;|: ;|; ;|\n/);
      }),
    );
  });
});
