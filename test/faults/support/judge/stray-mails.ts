/** Finds mails that have gone to another address than the one that their challenge was made for. */
import type { FinalState } from './final-state.ts';

/** The keyed hash of an address, with the key of the system that is judged. */
export type HashOf = (address: string) => string;

/** In words; empty if there are none. Challenges of the first release do not say what address they were made for. */
export const strayMails = ({ challenges, mails }: FinalState, hashOf: HashOf): readonly string[] =>
  challenges.flatMap(({ challengeId, addressHash }) => {
    const its = mails.filter(({ tags }) => tags.challenge === challengeId);
    const stray = its.filter(({ to }) => to.some((address) => hashOf(address) !== addressHash));
    return addressHash === undefined || stray.length === 0
      ? []
      : [`challenge ${challengeId} has ${stray.length} mails to another address`];
  });
