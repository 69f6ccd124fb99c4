/** Calls of create-auth-challenge at once. */

import { requestName } from '../../../../shared/domain/challenge.ts';
import { NOW, SECOND } from '../../../support/table/challenges.ts';
import { anEmptyWorld } from '../engine/world.ts';
import { always, finalStateOf, outcomesOf, say, userItemOf } from '../product/judge.ts';
import { aCreate, anAnswer, anAnswerForTokens } from '../product/operations.ts';
import { mailed, type Named, round } from '../product/pasts.ts';

const SAME_CREATE: Named = {
  name: 'Cognito calls create twice at once',
  invariant: 'both hand out one challenge, and one mail is ordered',
  scenario: async () => ({
    world: anEmptyWorld(NOW),
    operations: [aCreate('create'), aCreate('create again')],
    faults: 2,
    always,
    finally: ({ world, results }) => {
      const final = finalStateOf(world);
      const handed = outcomesOf(results).flatMap(({ challengeId }) => challengeId ?? []);
      const { sends = [] } = userItemOf(final);
      return say([
        [new Set(handed).size <= 1, 'two challenges were handed out'],
        [sends.length <= 1, `${sends.length} mails were counted`],
        [new Set(world.started).size <= 1, 'two different mails were ordered'],
        [
          handed.length === 0 || world.started.length > 0,
          'a challenge was handed out and no mail was ordered',
        ],
      ]);
    },
  }),
};

const RESEND: Named = {
  name: 'another mail is ordered while the first is answered',
  invariant: 'the code of both mails is one, and nobody is handed a challenge that is over',
  scenario: async () => {
    const { world, handed } = await mailed();
    return {
      world: { ...world, time: NOW + 31 * SECOND },
      operations: [
        aCreate('resend', { resend: true, current: handed.challengeId }),
        anAnswerForTokens('right answer', { kind: 'right', round: round(1), ...handed }),
        anAnswer('wrong answer', { kind: 'wrong', round: round(2), ...handed }),
      ],
      faults: 2,
      always,
      finally: ({ world }) => {
        const final = finalStateOf(world);
        const requested = final.challenges.filter(({ events }) => events[requestName(1)] !== undefined);
        return say([[requested.length === final.challenges.length, 'a challenge was never ordered']]);
      },
    };
  },
};

export const ORDERS: readonly Named[] = [SAME_CREATE, RESEND];
