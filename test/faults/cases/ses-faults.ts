/** SES refuses, is slow, or is not there. None of this affects the triggers. */
import type { Faults } from '../../../local/faults/fault-table.ts';
import { mostByChance } from '../support/judge/binomial.ts';
import {
  differences,
  type FinalState,
  ONE_OF_EACH,
  type StoredChallenge,
} from '../support/judge/final-state.ts';
import type { FaultCase } from '../support/play/fault-case.ts';
import { switching } from '../support/play/switching.ts';
import { isSignedIn, signIn } from '../support/sign-in.ts';
import type { World } from '../support/world/world.ts';

const failureOf = ({ challenges }: FinalState): string | undefined => {
  const [challenge] = challenges;
  return challenge?.events['1#SEND_FAILED']?.reason as string | undefined;
};

const SLOW: FaultCase = {
  name: 'SES takes ten seconds',
  invariant: 'one mail goes out in the end, and the user is in',
  rounds: 100,
  inParallel: 20,
  prepare: switching({ sesDelaySeconds: 10 }),
  play: async (round) => {
    const step = await signIn(round, round.cognito(), round.person());
    return (final) => [
      ...(isSignedIn(step) ? [] : ['the user is not in']),
      ...differences(final, ONE_OF_EACH),
    ];
  },
};

/** The workflow's first try and its seven retries. */
const TRIES = 8;

/** SES refuses half of all tries, so of 256 mails one is refused every time. */
const throttled = (): FaultCase => {
  const rounds = 150;
  const most = mostByChance(rounds, 0.5 ** TRIES);
  let refused = 0;
  return {
    name: 'SES throttles half of the mails',
    invariant:
      'one mail goes out and the user is in, or SES has refused it eight times and the trail says so',
    rounds,
    inParallel: 20,
    prepare: switching({ sesThrottlePercent: 50 }),
    play: async (round) => {
      // Without a mail the sign-in throws; then the trail must say why there is none.
      const step = await signIn(round, round.cognito(), round.person()).catch(() => undefined);
      return (final) => {
        if (final.mails.length > 0) {
          return [
            ...(step !== undefined && isSignedIn(step) ? [] : ['the user is not in']),
            ...differences(final, ONE_OF_EACH),
          ];
        }
        refused += 1;
        return [
          ...(failureOf(final) === 'EmailThrottled' ? [] : ['the trail does not say why there is no mail']),
          ...(refused <= most ? [] : [`${refused} mails were refused each time, ${most} are believable`]),
        ];
      };
    },
  };
};

/** Users whose mail SES refuses for a reason that does not pass. */
const refusedForGood = (name: string, on: Partial<Faults>, reason: string): FaultCase => ({
  name,
  invariant: 'no trigger fails, no mail goes out, and the trail has the reason',
  rounds: 300,
  inParallel: 16,
  prepare: switching(on),
  play: async (round) => {
    const step = await round.cognito().prove(round.person());
    return (final) => [
      ...(step.ChallengeName === 'CUSTOM_CHALLENGE' ? [] : ['the code is not asked for']),
      ...(failureOf(final) === reason ? [] : [`the reason is ${failureOf(final)}`]),
      ...differences(final, { challenges: 1, mails: 0, verified: 0, attempts: 0, spent: 0 }),
    ];
  },
});

/** The real milliseconds that any trigger may take, whatever SES does. */
const TRIGGER_LIMIT_MS = 1000;

const OUTAGE_MS = 60_000;

/** Whether the trail says that the mail went out, or why it did not. */
const toldBy = ({ events }: StoredChallenge, mails: number): boolean => {
  const sent = (events['1#SENT'] ?? events['1#ACCEPTED']) !== undefined;
  return mails === 1 ? sent : events['1#SEND_FAILED']?.reason === 'EmailUnavailable';
};

const failedExecutions = ({ system }: World): number => system.metrics.sumOf({ name: 'ExecutionsFailed' });

/** 100 sign-ins, spread over the minute in which SES is down. The alarm on failed executions looks at this metric. */
const downForAMinute = (): FaultCase => {
  let failedBefore = 0;
  let failures = 0;
  let arrived = 0;
  return {
    name: 'SES is down for a minute',
    invariant:
      'every trigger answers within a second; each mail comes afterwards, or the trail and the alarm’s metric tell why not',
    rounds: 100,
    inParallel: 160,
    prepare: (world) => {
      failedBefore = failedExecutions(world);
      world.system.faults.set({ sesDown: true });
      const back = world.wait(OUTAGE_MS).then(() => world.system.faults.set({ sesDown: false }));
      return async () => {
        await back;
        console.log(`${arrived} mails came after all, ${failures} ended as SEND_FAILED`);
      };
    },
    play: async (round) => {
      const { world, random } = round;
      await world.wait(random.whole(0, OUTAGE_MS - 1000));
      const started = performance.now();
      const step = await round.cognito().prove(round.person());
      const took = performance.now() - started;
      return (final) => {
        const [challenge] = final.challenges;
        const mails = final.mails.length;
        if (mails === 0) failures += 1;
        else arrived += 1;
        const counted = failedExecutions(world) - failedBefore;
        return [
          ...(step.ChallengeName === 'CUSTOM_CHALLENGE' ? [] : ['the code is not asked for']),
          ...(took < TRIGGER_LIMIT_MS ? [] : [`define and create took ${Math.round(took)} ms`]),
          ...(challenge !== undefined && toldBy(challenge, mails) ? [] : ['the trail does not say it']),
          ...(counted >= failures
            ? []
            : [`${counted} failed executions for ${failures} mails that never went out`]),
          ...differences(final, { challenges: 1, verified: 0, attempts: 0 }),
        ];
      };
    },
  };
};

export const SES_FAULTS: readonly FaultCase[] = [
  throttled(),
  SLOW,
  refusedForGood('the daily quota is used up', { sesQuotaReached: true }, 'EmailQuotaReached'),
  refusedForGood('sending is paused', { sesPaused: true }, 'EmailRejected'),
  downForAMinute(),
];
