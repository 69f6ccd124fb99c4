/** More calls at once, and more faults, than can be explored: random orders of them are played. */
import { NOW, SECOND } from '../../../support/table/challenges.ts';
import { beginDelivery } from '../product/deliveries.ts';
import { always, say } from '../product/judge.ts';
import { aCreate, aGuard, anAnswer, anAnswerForTokens, aReport } from '../product/operations.ts';
import { mailed, type Named, round } from '../product/pasts.ts';

const CROWD: Named = {
  name: 'sign-ins, resends, answers, executions and reports of one user',
  invariant: 'what holds at every moment of the small scenarios holds here',
  scenario: async () => {
    const { world, handed } = await mailed();
    const answer = (kind: 'right' | 'wrong', n: number) => ({ kind, round: round(n), ...handed });
    return {
      world: { ...world, time: NOW + 31 * SECOND },
      operations: [
        aCreate('second tab'),
        aCreate('resend', { call: 'resend', current: handed.challengeId }),
        aCreate('next round', { current: handed.challengeId }),
        anAnswer('wrong answer 1', answer('wrong', 1)),
        anAnswer('wrong answer 2', answer('wrong', 2)),
        anAnswerForTokens('right answer', answer('right', 3)),
        aGuard('somebody without a code'),
        aReport('delivered', 'Delivery', handed, NOW + 2 * SECOND),
        aReport('bounced', 'Bounce', handed, NOW + 3 * SECOND),
      ],
      begin: beginDelivery,
      faults: 5,
      always,
      finally: ({ world: { mails } }) =>
        say([
          [mails.length <= 4 + mails.filter(({ answered }) => !answered).length, 'too many mails went out'],
        ]),
    };
  },
};

export const CROWDS: readonly Named[] = [CROWD];
