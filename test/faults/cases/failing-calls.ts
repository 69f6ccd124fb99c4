/** One call of a function to a service fails: it is throttled, the service is unavailable, or the response is lost. */
import type { TriggerName } from '../../../local/engines/cognito/sign-in/triggers.ts';
import { countFacts, differences, ONE_OF_EACH, summaryOf } from '../support/judge/final-state.ts';
import type { FaultCase } from '../support/play/fault-case.ts';
import { switching } from '../support/play/switching.ts';
import { isSignedIn, signIn, signInAtLast } from '../support/sign-in.ts';
import { disturb, type FaultKind } from '../support/world/disturb.ts';

interface Place {
  /** A part of the caller's key. */
  readonly caller: string;
  /** How many calls it makes in a sign-in without faults, StartExecution included. */
  readonly calls: number;
  /** Undefined if the function runs behind the sign-in. */
  readonly trigger?: TriggerName;
}

const TRIGGERS: readonly [Place, ...Place[]] = [
  { caller: 'CreateAuthChallenge', calls: 4, trigger: 'CreateAuthChallenge' },
  { caller: 'VerifyAuthChallenge', calls: 2, trigger: 'VerifyAuthChallengeResponse' },
  { caller: 'GuardTokens', calls: 2, trigger: 'PreTokenGeneration' },
];

/** Of deliver-code only the call for the lease; its call to SES has cases of its own. */
const BEHIND: readonly [Place, ...Place[]] = [
  { caller: 'DeliverCode', calls: 1 },
  { caller: 'local-workflow', calls: 1 },
  { caller: 'RecordFeedback', calls: 2 },
];

const KINDS: readonly [FaultKind, ...FaultKind[]] = ['throttled', 'unavailable', 'unanswered'];

/**
 * How many requests in a row are disturbed: the call and the AWS SDK's second try, or only the call. An SDK that has retried
 * much lately makes no second try; then the rest of the fault hits the trigger's next call.
 */
const MOST_REQUESTS = 2;

/**
 * Milliseconds after which Cognito calls again. Lambda would have stopped the function by then; a thread is not stopped. But
 * the SDK has made its second try by then, so no call still runs when the user answers the next call's mail.
 */
const LEAST_PAUSE_MS = 4_000;
const MOST_PAUSE_MS = 5_000;

const RETRIED: FaultCase = {
  name: 'a call of a trigger fails, and Cognito calls the trigger again',
  invariant: 'one challenge, one mail, one verification, and the user is in',
  rounds: 200,
  inParallel: 16,
  losesMetrics: true,
  play: async (round) => {
    const { world, random } = round;
    const person = round.person();
    const { caller, calls, trigger } = random.pick(TRIGGERS);
    const first = random.whole(1, calls);
    const count = random.whole(1, MOST_REQUESTS);
    const repair = disturb(world, { userId: person.userId, caller, first, count, kind: random.pick(KINDS) });
    const pauses = Array.from({ length: count }, () => random.whole(LEAST_PAUSE_MS, MOST_PAUSE_MS));
    const cognito = round.cognito((called) => (called === trigger ? pauses : []));
    const step = await signIn(round, cognito, person);
    repair();
    return (final) => [
      ...(isSignedIn(step) ? [] : ['the user is not in']),
      ...differences(final, ONE_OF_EACH),
    ];
  },
};

const AGAIN: FaultCase = {
  name: 'a call of a trigger fails, and the user signs in again',
  invariant: 'another sign-in gets in, each challenge has one mail, and no attempt is counted',
  rounds: 200,
  inParallel: 16,
  losesMetrics: true,
  play: async (round) => {
    const { world, random } = round;
    const person = round.person();
    const { caller, calls } = random.pick(TRIGGERS);
    const first = random.whole(1, calls);
    const count = MOST_REQUESTS;
    const repair = disturb(world, { userId: person.userId, caller, first, count, kind: random.pick(KINDS) });
    const tries = await signInAtLast(round, round.cognito(), person, 1 + count);
    repair();
    return (final) => {
      const { challenges, mails, attempts } = summaryOf(final);
      return [
        ...(tries === undefined ? ['the user is not in'] : []),
        ...(mails === challenges ? [] : [`${mails} mails of ${challenges} challenges`]),
        ...(attempts === 0 ? [] : [`${attempts} attempts`]),
      ];
    };
  },
};

const DELIVERY: FaultCase = {
  name: 'a call behind the sign-in fails',
  invariant: 'one mail goes out, and the trail says so',
  rounds: 200,
  inParallel: 16,
  losesMetrics: true,
  play: async (round) => {
    const { world, random } = round;
    const person = round.person();
    const { caller, calls } = random.pick(BEHIND);
    const first = random.whole(1, calls);
    const repair = disturb(world, {
      userId: person.userId,
      caller,
      first,
      count: random.whole(1, MOST_REQUESTS),
      kind: random.pick(KINDS),
    });
    const step = await signIn(round, round.cognito(), person);
    return (final) => {
      repair(); // Not earlier, because the disturbed function runs behind the sign-in.
      return [
        ...(isSignedIn(step) ? [] : ['the user is not in']),
        ...differences(final, ONE_OF_EACH),
        ...['ACCEPTED', 'DELIVERED']
          .filter((kind) => countFacts(final, kind) !== 1)
          .map((kind) => `${countFacts(final, kind)} facts ${kind}`),
        ...(countFacts(final, 'SEND_FAILED') === 0 ? [] : ['the trail says that the mail was not sent']),
      ];
    };
  },
};

/** A share of all calls fails, whichever user they are for. */
const THROTTLED: FaultCase = {
  name: 'the table throttles a tenth of all calls',
  invariant: 'everybody gets in within five sign-ins, each challenge has one mail, and no attempt is counted',
  rounds: 150,
  inParallel: 16,
  losesMetrics: true,
  prepare: switching({ dynamoDbThrottlePercent: 10 }),
  play: async (round) => {
    const tries = await signInAtLast(round, round.cognito(), round.person(), 5);
    return (final) => {
      const { challenges, mails, attempts } = summaryOf(final);
      return [
        ...(tries === undefined ? ['the user is not in'] : []),
        ...(mails === challenges ? [] : [`${mails} mails of ${challenges} challenges`]),
        ...(attempts === 0 ? [] : [`${attempts} attempts`]),
      ];
    };
  },
};

export const FAILING_CALLS: readonly FaultCase[] = [RETRIED, AGAIN, DELIVERY, THROTTLED];
