/** The process that sends a mail is killed, just before or just after SES has taken it. */
import type { FaultCase } from '../support/fault-case.ts';
import { differences, summaryOf } from '../support/final-state.ts';
import { isSignedIn, signIn } from '../support/sign-in.ts';

type Switch = 'crashBeforeSend' | 'crashAfterSend';

/** One more of the next mails; which round it meets, the rounds leave open. */
const crashOnce = (
  faults: { current(): Record<Switch, number>; set(change: object): unknown },
  name: Switch,
) => faults.set({ [name]: Math.min(10, faults.current()[name] + 1) });

const BEFORE: FaultCase = {
  name: 'the sender dies before SES takes the mail',
  invariant: 'one mail goes out, and the user is in',
  rounds: 50,
  inParallel: 6,
  losesMetrics: true,
  play: async (round) => {
    crashOnce(round.world.system.faults, 'crashBeforeSend');
    const step = await signIn(round, round.cognito(), round.person());
    return (final) => [
      ...(isSignedIn(step) ? [] : ['the user is not in']),
      ...differences(final, { challenges: 1, mails: 1, verified: 1, attempts: 0, spent: 1 }),
    ];
  },
};

/** All that a sender can know then is what SES has reported, if it has. */
const AFTER: FaultCase = {
  name: 'the sender dies after SES has taken the mail',
  invariant: 'all mails of the challenge bring the same code, two at most, and the user is in',
  rounds: 50,
  inParallel: 6,
  losesMetrics: true,
  play: async (round) => {
    crashOnce(round.world.system.faults, 'crashAfterSend');
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
