/** Judges which mails count against a user: those that SES took and no right code has used, and no others. */
import { factName } from '../../../../shared/domain/challenge.ts';
import { unclearName } from '../../../../shared/table/item.ts';
import { type FinalState, kindOf, type StoredChallenge, userItemOf } from './final-state.ts';

const REQUESTS: readonly string[] = ['REQUESTED', 'RESEND_REQUESTED'];

/** SES refused every try, so it has certainly taken nothing. */
const isRefused = (challenge: StoredChallenge, delivery: number): boolean =>
  challenge.events[factName(delivery, 'SEND_FAILED')] !== undefined && !(unclearName(delivery) in challenge);

const numbersOf = ({ events }: StoredChallenge): readonly number[] =>
  Object.keys(events)
    .filter((name) => REQUESTS.includes(kindOf(name)))
    .map((name) => Number.parseInt(name, 10));

/** In words; empty if all is as it should be. Records of the first release have no orders. */
export const misjudgedOrders = (final: FinalState): readonly string[] => {
  const { challenges, mails } = final;
  const { orders, inDay } = userItemOf(final);
  if (orders === undefined) return [];
  const ordered = challenges.reduce((sum, challenge) => sum + numbersOf(challenge).length, 0);
  return [
    ...challenges.flatMap((challenge) => {
      const { challengeId: id, events, outcome } = challenge;
      const counted = orders[id];
      const taken = mails
        .filter(({ tags }) => tags.challenge === id)
        .map(({ tags }) => Number(tags.delivery));
      const refused = numbersOf(challenge).filter((delivery) => isRefused(challenge, delivery));
      const forgotten = taken.filter(
        (delivery) => outcome !== 'VERIFIED' && counted?.[delivery] === undefined,
      );
      return [
        ...(events.TOKENS_ISSUED && counted ? [`challenge ${id} was used well, and counts`] : []),
        ...refused
          .filter((delivery) => counted?.[delivery] !== undefined)
          .map((delivery) => `mail ${delivery} of ${id} was refused by SES, and counts`),
        ...forgotten.map((delivery) => `mail ${delivery} of ${id} went out, and does not count`),
      ];
    }),
    ...((inDay?.count ?? 0) >= ordered ? [] : [`the ceiling counts ${inDay?.count} of ${ordered} orders`]),
  ];
};
