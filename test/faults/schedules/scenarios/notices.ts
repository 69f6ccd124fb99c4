/** Wrong answers of several challenges at once, where users get notices. */
import type { NoticeKind } from '../../../../shared/domain/notices/notice.ts';
import { aChallengeId } from '../../../support/table/challenges.ts';
import { failuresOf } from '../../support/judge/final-state.ts';
import type { Judge } from '../engine/explore.ts';
import { finalStateOf, say } from '../product/judge.ts';
import { aLastAnswer } from '../product/notices.ts';
import { earlierFailures, LIMITS } from '../product/operations.ts';
import { after, mailed, type Named, round } from '../product/pasts.ts';

const KINDS: readonly NoticeKind[] = ['locked', 'wrongCodes'];

const ordered = ({ results }: Parameters<Judge>[0], kind: NoticeKind): ReadonlySet<unknown> =>
  new Set(
    results.flatMap(({ outcome }) => {
      const { notice, challengeId } = (outcome ?? {}) as Readonly<Record<string, unknown>>;
      return notice === kind ? [challengeId] : [];
    }),
  );

/** One challenge's last answer, that of another one, and Cognito's second call for it; before them this many failures. */
const together = (failures: number) => async () => {
  const { world, handed } = await mailed();
  const earlier = Array.from({ length: failures }, (_, n) => `earlier-${n}`);
  const [one, other] = [
    { challengeId: aChallengeId(1), round: round(1) },
    { challengeId: aChallengeId(2), round: round(2) },
  ];
  const judge: Judge = (view) =>
    say(KINDS.map((kind) => [ordered(view, kind).size <= 1, `the notice ${kind} came after two challenges`]));
  return {
    world: await after(world, [earlierFailures(earlier, handed)]),
    operations: [
      aLastAnswer('answer', { ...one, expected: 'locked' }),
      aLastAnswer('answer of another challenge', { ...other, expected: 'wrongCodes' }),
      aLastAnswer('answer of another challenge again', other),
    ],
    faults: 2,
    always: judge,
    finally: ({ world: last }: Parameters<Judge>[0]) =>
      say([[failuresOf(finalStateOf(last)) <= failures + 2, 'an answer was counted twice']]),
  };
};

export const NOTICES: readonly Named[] = [
  {
    name: 'the last answers of two challenges, before a lock',
    invariant: 'one of them leads to the notice of wrong codes',
    scenario: together(0),
  },
  {
    name: 'the last answers of two challenges, of which one locks',
    invariant: 'each notice comes after one of them at most',
    scenario: together(LIMITS.lockThreshold - 2),
  },
];
