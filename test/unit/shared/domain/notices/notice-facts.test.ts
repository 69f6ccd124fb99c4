import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problemsOf } from '../../../../../local/console/audit/challenge-words.ts';
import {
  type Challenge,
  deliveryStatus,
  type Fact,
  latestDelivery,
  neverMailed,
  orderedDeliveries,
} from '../../../../../shared/domain/challenge.ts';
import { noticeFactName, readNoticeFactName } from '../../../../../shared/domain/notices/notice-facts.ts';
import { unclearDeliveries } from '../../../../../shared/table/item.ts';
import { deliveriesOf, requestedAt, standingOf, timelineOf } from '../../../../../shared/words/timeline.ts';
import { aChallenge, aFact, NOW, SECOND } from '../../../../support/table/challenges.ts';

const KINDS = ['locked', 'wrongCodes'] as const;
const OF_NOTICES = [
  ...['SENT', 'SEND_FAILED', 'ACCEPTED', 'DELIVERED', 'DELAYED'],
  ...['BOUNCED', 'SUPPRESSED', 'COMPLAINED', 'REJECTED'],
] as const;
const OF_CODES = [
  ...['REQUESTED', 'RESEND_REQUESTED', 'REUSED', ...OF_NOTICES].flatMap((fact) => [`1#${fact}`, `2#${fact}`]),
  ...[
    'attempt#round-1',
    'attempt#round-2',
    'LOCKED',
    'REFUSED',
    'EXHAUSTED',
    'VERIFIED',
    'EXPIRED',
    'ORPHANED',
  ],
];

const fact = fc
  .nat(600)
  .map((second) => aFact(NOW + second * SECOND, { messageId: 'message-1', subtype: 'General' }));
const factsOf = (names: readonly string[]) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), fact), { selector: ([name]) => name })
    .map((entries): Readonly<Record<string, Fact>> => Object.fromEntries(entries));
const noticeFacts = factsOf(KINDS.flatMap((kind) => OF_NOTICES.map((name) => noticeFactName(kind, name))));
const outcome = fc.constantFrom(undefined, 'EXHAUSTED', 'EXPIRED', 'ORPHANED', 'VERIFIED');

/** All that is said of a challenge's codes, and nothing of its other facts. */
const saidOf = (challenge: Challenge) => ({
  ordered: orderedDeliveries(challenge),
  latest: latestDelivery(challenge),
  neverMailed: neverMailed(challenge),
  statuses: [1, 2, 3].map((delivery) => deliveryStatus(challenge, delivery)),
  deliveries: deliveriesOf(challenge),
  requestedAt: requestedAt(challenge),
  unclear: unclearDeliveries({ events: challenge.events }),
  standing: standingOf(challenge, NOW + 100 * SECOND),
  problems: problemsOf(challenge),
});

test('the facts of notices change nothing of what is said of the codes', () => {
  fc.assert(
    fc.property(factsOf(OF_CODES), noticeFacts, outcome, (codes, notices, ended) => {
      const base = { '1#REQUESTED': aFact(NOW), ...codes };
      const without = aChallenge({ events: base, ...(ended && { outcome: ended }) });

      expect(saidOf({ ...without, events: { ...base, ...notices } })).toEqual(saidOf(without));
    }),
    { numRuns: 300 },
  );
});

describe('the name of a notice’s fact', () => {
  test('is read as it was written', () => {
    for (const kind of KINDS)
      for (const name of OF_NOTICES)
        expect(readNoticeFactName(noticeFactName(kind, name))).toEqual({ notice: kind, kind: name });
  });

  test.each(['SENT', '1#SENT', 'attempt#round-1', 'notice-welcome#SENT', 'notice-locked', 'LOCKED'])(
    'is not %s',
    (name) => {
      expect(readNoticeFactName(name)).toBeUndefined();
    },
  );
});

test('a timeline names the notice, so that its mail is not taken for a code’s', () => {
  const events = {
    '1#REQUESTED': aFact(NOW),
    '1#SENT': aFact(NOW + SECOND),
    'notice-locked#SENT': aFact(NOW + 2 * SECOND),
    'notice-wrongCodes#BOUNCED': aFact(NOW + 3 * SECOND, { type: 'Permanent', subtype: 'NoEmail' }),
  };

  expect(timelineOf(aChallenge({ events })).map(({ words, delivery }) => [words, delivery])).toEqual([
    ['code requested', 1],
    ['mailed', 1],
    ['notice of the lock: mailed', undefined],
    ['notice of the wrong codes: returned for good: the mailbox does not exist', undefined],
  ]);
});
