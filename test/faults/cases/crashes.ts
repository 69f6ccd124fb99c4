/** The process that sends a mail is killed, just before or just after SES has taken it. */
import type { System } from '../../../local/system.ts';
import { differences, ONE_OF_EACH, summaryOf } from '../support/judge/final-state.ts';
import type { FaultCase } from '../support/play/fault-case.ts';
import { isSignedIn, signIn } from '../support/sign-in.ts';

/**
 * The next mail, whichever round's it is. Only where none is due to crash: an execution that is hit four times gives up,
 * and says so.
 */
const crashNext = ({ faults }: Pick<System, 'faults'>, name: 'crashBeforeSend' | 'crashAfterSend'): void => {
  if (faults.current()[name] === 0) faults.set({ [name]: 1 });
};

const BEFORE: FaultCase = {
  name: 'the sender dies before SES takes the mail',
  invariant: 'one mail goes out, and the user is in',
  rounds: 40,
  inParallel: 2,
  losesMetrics: true,
  play: async (round) => {
    crashNext(round.world.system, 'crashBeforeSend');
    const step = await signIn(round, round.cognito(), round.person());
    return (final) => [
      ...(isSignedIn(step) ? [] : ['the user is not in']),
      ...differences(final, ONE_OF_EACH),
    ];
  },
};

/** All that a sender can know then is what SES has reported, if it has. */
const AFTER: FaultCase = {
  name: 'the sender dies after SES has taken the mail',
  invariant: 'all mails of the challenge bring the same code, two at most, and the user is in',
  rounds: 40,
  inParallel: 2,
  losesMetrics: true,
  play: async (round) => {
    crashNext(round.world.system, 'crashAfterSend');
    const step = await signIn(round, round.cognito(), round.person());
    return (final) => {
      const { mails } = summaryOf(final);
      return [
        ...(isSignedIn(step) ? [] : ['the user is not in']),
        ...(mails === 1 || mails === 2 ? [] : [`${mails} mails`]),
        ...differences(final, { challenges: 1, verified: 1, attempts: 0, spent: 1 }),
      ];
    };
  },
};

export const CRASHES: readonly FaultCase[] = [BEFORE, AFTER];
