/** Calls of create-auth-challenge at once. */
import { NOW, SECOND } from '../../../support/table/challenges.ts';
import { anEmptyWorld } from '../engine/world.ts';
import { always, finalStateOf, orderedMails, outcomesOf, say } from '../product/judge.ts';
import { ALICE, aCreate, anAnswer, anAnswerForTokens } from '../product/operations.ts';
import { mailed, type Named, round } from '../product/pasts.ts';

/** Another address of the same user, whose mask is the same. */
const ANNA = 'anna@example.com';

const SAME_CREATE: Named = {
  name: 'Cognito calls create three times at once',
  invariant: 'all hand out one challenge, and one mail is ordered',
  scenario: async () => ({
    world: anEmptyWorld(NOW),
    operations: [aCreate('create'), aCreate('create again'), aCreate('create for the third time')],
    faults: 2,
    always,
    finally: ({ world, results }) => {
      const handed = outcomesOf(results).flatMap((outcome) => outcome.handed ?? []);
      const counted = orderedMails(world);
      const started = new Set(world.started.map(({ input }) => input));
      return say([
        [new Set(handed).size <= 1, 'two challenges were handed out'],
        [counted.length <= 1, `${counted.length} mails were counted`],
        [started.size <= 1, 'two different mails were ordered'],
        [handed.length === 0 || started.size > 0, 'a challenge was handed out and no mail was ordered'],
      ]);
    },
  }),
};

const RESEND: Named = {
  name: 'another mail is ordered while the first is answered',
  invariant: 'a right answer is refused by nothing but the limits, and both mails count until it is given',
  scenario: async () => {
    const { world, handed } = await mailed();
    return {
      world: { ...world, time: NOW + 31 * SECOND },
      operations: [
        aCreate('resend', { call: 'resend', current: handed.challengeId }),
        anAnswerForTokens('right answer', { kind: 'right', round: round(1), ...handed }),
        anAnswer('wrong answer', { kind: 'wrong', round: round(2), ...handed }),
      ],
      faults: 2,
      always,
      finally: ({ results }) => {
        const right = outcomesOf(results)[1];
        return say([[(right?.result ?? 'verified') === 'verified', 'a right answer was refused']]);
      },
    };
  },
};

const STATUS: Named = {
  name: 'the state of the mail is asked for during a resend and an answer',
  invariant: 'asking orders, replaces and counts nothing',
  scenario: async () => {
    const { world, handed } = await mailed();
    const ask = (name: string) => aCreate(name, { call: 'status', current: handed.challengeId });
    return {
      world: { ...world, time: NOW + 31 * SECOND },
      operations: [
        ask('status'),
        ask('status again'),
        aCreate('resend', { call: 'resend', current: handed.challengeId }),
        anAnswer('right answer', { kind: 'right', round: round(1), ...handed }),
      ],
      faults: 1,
      always,
      finally: ({ world, results }) => {
        const asked = outcomesOf(results).slice(0, 2);
        const other = asked.filter(
          (outcome) => (outcome.handed ?? handed.challengeId) !== handed.challengeId,
        );
        return say([
          [other.length === 0, 'another challenge was handed out to whoever asked'],
          [
            new Set(world.started.map(({ input }) => input)).size <= 1,
            'more mails were ordered than one resend',
          ],
        ]);
      },
    };
  },
};

const TWO_ADDRESSES: Named = {
  name: 'the address changes while a mail is on its way, and its code is given',
  invariant:
    'the old code is worth nothing at the new address, and each mail goes where its challenge belongs',
  scenario: async () => {
    const { world, handed } = await mailed();
    return {
      world,
      operations: [
        aCreate('create at the new address', { email: ANNA }),
        aCreate('create at the old address', { email: ALICE }),
        anAnswerForTokens('old code at the new address', {
          kind: 'right',
          round: round(1),
          email: ANNA,
          ...handed,
        }),
      ],
      faults: 2,
      always,
      finally: ({ results }) => {
        const answer = outcomesOf(results)[2];
        return say([
          [answer?.result !== 'verified', 'a code was taken that an address has which the user has not'],
        ]);
      },
    };
  },
};

const ADDRESS_CHANGED: Named = {
  name: 'the address changes while the old code is given twice',
  invariant:
    'the challenge of the old address is closed before another is made, so at most one of them is answered',
  scenario: async () => {
    const { world, handed } = await mailed();
    return {
      world,
      operations: [
        aCreate('create at the new address', { email: ANNA }),
        aCreate('create at the new address again', { email: ANNA }),
        anAnswerForTokens('old code at the old address', { kind: 'right', round: round(1), ...handed }),
      ],
      faults: 2,
      always: (view) => {
        const { challenges } = finalStateOf(view.world);
        const open = challenges.filter(({ outcome }) => outcome === undefined);
        return [...always(view), ...say([[open.length <= 1, 'the codes of two addresses work']])];
      },
      finally: ({ results }) => {
        const handedOut = outcomesOf(results)
          .slice(0, 2)
          .flatMap((outcome) => outcome.handed ?? []);
        return say([
          [new Set(handedOut).size <= 1, 'two challenges were handed out'],
          [!handedOut.includes(handed.challengeId), 'the challenge of the old address was handed out'],
        ]);
      },
    };
  },
};

export const ORDERS: readonly Named[] = [SAME_CREATE, RESEND, STATUS];
export const ADDRESSES: readonly Named[] = [TWO_ADDRESSES, ADDRESS_CHANGED];
