/** A trigger's response is lost and Cognito calls it again: at once, or seconds later. */
import type { TriggerName } from '../../../local/engines/cognito/sign-in/triggers.ts';
import { differences, ONE_OF_EACH } from '../support/judge/final-state.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import type { Random } from '../support/play/random.ts';
import { isSignedIn, signIn } from '../support/sign-in.ts';
import type { Losses } from '../support/world/cognito.ts';

/** Cognito calls three times at most. Each pause has any length up to its time limit of 5 seconds. */
const drawLosses = (random: Random): readonly number[] =>
  Array.from({ length: random.whole(1, 2) }, () => (random.chance(0.4) ? 0 : random.whole(1, 5000)));

const losing =
  (random: Random, triggers: readonly TriggerName[]): Losses =>
  (trigger) =>
    triggers.includes(trigger) ? drawLosses(random) : [];

const retried = (name: string, triggers: readonly TriggerName[], rounds: number): FaultCase => ({
  name,
  invariant: 'one challenge, one mail, one verification, and the user is in',
  rounds,
  inParallel: 16,
  play: async (round: Round) => {
    const person = round.person();
    const wrong = round.random.pick([0, 0, 1, 2]);
    const step = await signIn(round, round.cognito(losing(round.random, triggers)), person, wrong);
    return (final) => [
      ...(isSignedIn(step) ? [] : ['the user is not in']),
      ...differences(final, { ...ONE_OF_EACH, attempts: wrong }),
    ];
  },
});

/** Cognito's third and last call, after it waited five seconds for each of the two before. */
const LATE: FaultCase = {
  name: 'guard-tokens is called for the third time',
  invariant: 'the tokens come ten seconds after they were first given, and the challenge is spent once',
  rounds: 100,
  inParallel: 20,
  play: async (round) => {
    const person = round.person();
    const cognito = round.cognito((trigger) => (trigger === 'PreTokenGeneration' ? [5_000, 5_000] : []));
    const step = await signIn(round, cognito, person);
    return (final) => [
      ...(isSignedIn(step) ? [] : ['the user is not in']),
      ...differences(final, ONE_OF_EACH),
    ];
  },
};

export const TRIGGER_RETRIES: readonly FaultCase[] = [
  retried('create is called again', ['CreateAuthChallenge'], 150),
  retried('verify is called again', ['VerifyAuthChallengeResponse'], 200),
  retried('guard-tokens is called again', ['PreTokenGeneration'], 150),
  LATE,
  retried(
    'every trigger is called again',
    ['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse', 'PreTokenGeneration'],
    150,
  ),
];
