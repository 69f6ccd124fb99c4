import { MINUTE, NOW, SECOND } from '../../../support/table/challenges.ts';
import { countFacts } from '../../support/judge/final-state.ts';
import type { Scenario } from '../engine/explore.ts';
import { anEmptyWorld } from '../engine/world.ts';
import { always, finalStateOf, outcomesOf, say } from '../product/judge.ts';
import { aCreate, aDelivery, aReport, aSweep } from '../product/operations.ts';
import { type Named, ordered } from '../product/pasts.ts';

const ONE_CREATE: Named = {
  name: 'a sign-in and the executions that it starts',
  invariant: 'whoever is handed a challenge is mailed its code, or the trail says why not',
  scenario: async () => ({
    world: anEmptyWorld(NOW),
    operations: [aCreate('create')],
    execution: aDelivery,
    faults: 2,
    always,
    finally: ({ world, results }) => {
      const final = finalStateOf(world);
      const [created] = outcomesOf(results);
      const sent = countFacts(final, 'SENT') > 0;
      const failed = countFacts(final, 'SEND_FAILED') > 0;
      return say([
        [created?.challengeId === undefined || sent || failed, 'nobody knows what became of the mail'],
        [sent === final.mails.some(({ answered }) => answered), 'the trail does not say what SES took'],
      ]);
    },
  }),
};

const SAME_DELIVERY: Named = {
  name: 'one delivery is executed three times at once',
  invariant: 'one mail goes out, or as many more as answers of SES were lost',
  scenario: async () => {
    const { world, input } = await ordered();
    return {
      world,
      operations: [aDelivery(input, 1), aDelivery(input, 2), aDelivery(input, 3)],
      faults: 2,
      always,
      finally: ({ world: { mails } }) =>
        say([
          [mails.length <= 1 + mails.filter(({ answered }) => !answered).length, 'too many mails went out'],
        ]),
    };
  },
};

const EXPIRY_AT = NOW + 5 * MINUTE;

/** The sweep so many seconds after the challenge has expired, instead of the scenario's own. */
export const atExpiry = (operations: Scenario['operations'], seconds: number): Scenario['operations'] =>
  operations.with(2, aSweep('sweep', EXPIRY_AT + seconds * SECOND + 1, seconds));

const EXPIRY: Named = {
  name: 'a delivery, a report and the sweep at expiry',
  invariant: 'the challenge has an outcome, which says whether it was mailed',
  scenario: async () => {
    const { world, handed, input } = await ordered();
    return {
      world: { ...world, time: EXPIRY_AT - 10 * SECOND },
      operations: [
        aDelivery(input, 1),
        aReport('report', 'Delivery', handed, EXPIRY_AT),
        aSweep('sweep', EXPIRY_AT + 31 * SECOND),
      ],
      afterwards: [aSweep('the next sweep', EXPIRY_AT + 91 * SECOND)],
      faults: 2,
      always,
      finally: ({ world }) => {
        const final = finalStateOf(world);
        const [challenge] = final.challenges;
        const mailed = final.mails.length > 0 || countFacts(final, 'DELIVERED') > 0;
        return say([
          [challenge?.outcome !== undefined, 'two sweeps have left a challenge without an outcome'],
          [
            challenge?.outcome !== 'ORPHANED' || !final.mails.some(({ answered }) => answered),
            'a challenge that was mailed is an orphan',
          ],
          [challenge?.outcome !== 'EXPIRED' || mailed, 'a challenge that was never mailed has expired'],
        ]);
      },
    };
  },
};

export const DELIVERIES: readonly Named[] = [ONE_CREATE, SAME_DELIVERY, EXPIRY];
