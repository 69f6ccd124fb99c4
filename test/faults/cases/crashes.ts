/** The process that sends a mail is killed, just before or just after SES has taken it. */
import type { System } from '../../../local/system.ts';
import { differences, ONE_OF_EACH, summaryOf } from '../support/judge/final-state.ts';
import type { FaultCase } from '../support/play/fault-case.ts';
import { isSignedIn, signIn } from '../support/sign-in.ts';

/**
 * Lets the next mail crash its sender, of whichever round it is. Does nothing while a crash is still to come, because an
 * execution that crashes four times gives up.
 */
const crashNext = ({ faults }: Pick<System, 'faults'>, name: 'crashBeforeSend' | 'crashAfterSend'): void => {
  if (faults.current()[name] === 0) faults.set({ [name]: 1 });
};

const BEFORE: FaultCase = {
  name: 'the sender dies before SES takes the mail',
  // A try that dies leaves its lease behind, so each round lasts as long as one.
  invariant: 'one mail goes out, when the lease of the dead try ends, and the user is in',
  rounds: 40,
  inParallel: 10,
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

/** The next try learns of the first mail only from SES's report, if there is one already. */
const AFTER: FaultCase = {
  name: 'the sender dies after SES has taken the mail',
  invariant: 'all mails of the challenge bring the same code, two at most, and the user is in',
  rounds: 40,
  inParallel: 10,
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
