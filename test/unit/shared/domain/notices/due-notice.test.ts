import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dueNotice,
  type LastNotices,
  NOTICE_PAUSE_MS,
  type WrongAnswer,
} from '../../../../../shared/domain/notices/due-notice.ts';
import type { NoticeKind } from '../../../../../shared/domain/notices/notice.ts';
import { aChallengeId, NOW, SECOND } from '../../../../support/table/challenges.ts';

const [MINE, OTHER] = [aChallengeId(1), aChallengeId(2)];
const answer = (changes: Partial<WrongAnswer> = {}): WrongAnswer => ({
  challengeId: MINE,
  now: NOW,
  locks: false,
  exhausts: false,
  ...changes,
});
const noticed = (ago: number, challengeId = OTHER) => ({ at: NOW - ago, challengeId });

test.each<[string, LastNotices, Partial<WrongAnswer>, NoticeKind | undefined]>([
  ['that neither locks nor exhausts leads to none', {}, {}, undefined],
  ['that locks leads to the one of the lock', {}, { locks: true }, 'locked'],
  ['that exhausts leads to the one of the wrong codes', {}, { exhausts: true }, 'wrongCodes'],
  ['that does both leads to the lock’s alone', {}, { locks: true, exhausts: true }, 'locked'],
  [
    'a second before the day is over leads to none',
    { wrongCodes: noticed(NOTICE_PAUSE_MS - SECOND) },
    { exhausts: true },
    undefined,
  ],
  [
    'when the day is over leads to the next',
    { wrongCodes: noticed(NOTICE_PAUSE_MS) },
    { exhausts: true },
    'wrongCodes',
  ],
  ['is not silenced by a notice of the other kind', { wrongCodes: noticed(0) }, { locks: true }, 'locked'],
  [
    'that locks again within the day may still tell of the wrong codes',
    { locked: noticed(SECOND) },
    { locks: true, exhausts: true },
    'wrongCodes',
  ],
  [
    'that Cognito repeats leads to the same again',
    { locked: noticed(SECOND, MINE) },
    { locks: true, exhausts: true },
    'locked',
  ],
  [
    'that Cognito repeats after a lock by others leads to no second one',
    { wrongCodes: noticed(SECOND, MINE) },
    { locks: true, exhausts: true },
    'wrongCodes',
  ],
])('a wrong answer %s', (_, last, changes, expected) => {
  expect(dueNotice(last, answer(changes))).toBe(expected);
});

test('however the answers come, a day has at most one notice of each kind, and one answer leads to one at most', () => {
  const step = fc.record({
    wait: fc.integer({ min: 0, max: 40 * 3600 }),
    locks: fc.boolean(),
    exhausts: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let [last, now]: [LastNotices, number] = [{}, NOW];
      const sent: { readonly kind: NoticeKind; readonly at: number }[] = [];
      for (const [n, { wait, locks, exhausts }] of steps.entries()) {
        now += wait * SECOND;
        const challengeId = aChallengeId(n, now);
        const kind = dueNotice(last, { challengeId, now, locks, exhausts });
        if (kind === undefined) continue;
        sent.push({ kind, at: now });
        last = { ...last, [kind]: { at: now, challengeId } };
      }
      for (const kind of ['locked', 'wrongCodes'] as const) {
        const times = sent.filter((notice) => notice.kind === kind).map(({ at }) => at);
        for (const [n, at] of times.entries()) {
          expect(at - (times[n - 1] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(NOTICE_PAUSE_MS);
        }
      }
    }),
  );
});
