/** The clocks of the functions differ by up to two minutes either way. */
import { LIMITS } from '../../../shared/domain/limits.ts';
import { differences } from '../support/judge/final-state.ts';
import type { FaultCase } from '../support/play/fault-case.ts';
import { isSignedIn, orRefusal, readCode, signIn } from '../support/sign-in.ts';

const SKEW_MS = 120_000;
/** How long after a right answer guard-tokens still allows tokens, by its own clock. */
const SPENDABLE_MS = 60_000;
/** The most time between an answer and its tokens on a busy machine. */
const WORK_MS = 20_000;

const CREATE = 'CreateAuthChallengeLambdaFunction';
const VERIFY = 'VerifyAuthChallengeLambdaFunction';
const GUARD = 'GuardTokensLambdaFunction';

/** The clocks are the same for all people of a round, so rounds run one after the other, with several people each. */
const SKEWED: FaultCase = {
  name: 'clocks differ by up to two minutes',
  invariant:
    'one mail, one verification, and the user is in, unless guard-tokens is a minute ahead of verify: then there are no tokens',
  rounds: 40,
  inParallel: 1,
  prepare:
    ({ skew }) =>
    () => {
      for (const name of [CREATE, VERIFY, GUARD]) skew(name, 0);
    },
  play: async (round) => {
    const { random, world } = round;
    const draw = () => random.whole(-SKEW_MS, SKEW_MS);
    const [verify, guard] = [draw(), draw()];
    world.skew(CREATE, draw());
    world.skew(VERIFY, verify);
    world.skew(GUARD, guard);
    const people = Array.from({ length: 4 }, () => round.person());
    const cognito = round.cognito();
    const results = await Promise.all(people.map((person) => orRefusal(signIn(round, cognito, person))));
    const entered = results.filter((result) => typeof result !== 'string' && isSignedIn(result)).length;
    const ahead = guard - verify;
    const [least, most] = [
      ahead < SPENDABLE_MS - WORK_MS ? people.length : 0,
      ahead <= SPENDABLE_MS ? people.length : 0,
    ];
    return (...finals) => [
      ...(entered >= least && entered <= most ? [] : [`${entered} of ${people.length} are in`]),
      ...finals.flatMap((final) => differences(final, { challenges: 1, mails: 1, verified: 1, attempts: 0 })),
    ];
  },
};

const LATE: FaultCase = {
  name: 'an answer comes after the code’s life',
  invariant: 'it lets nobody in and counts as no attempt, and the next round has a new challenge and mail',
  rounds: 25,
  inParallel: 1,
  play: async (round) => {
    const people = Array.from({ length: 4 }, () => round.person());
    const cognito = round.cognito();
    const started = await Promise.all(
      people.map(async (person) => {
        const step = await cognito.prove(person);
        return { person, step, code: await readCode(round, person, step) };
      }),
    );
    round.world.system.clock.adjust({ offsetMs: LIMITS.codeLifetime.default * 1000 });
    const late = await Promise.all(
      started.map(({ person, step, code }) => cognito.answer(person, step, code)),
    );
    const done = await Promise.all(
      late.map(async (step, index) => {
        const person = people[index] ?? round.person();
        return cognito.answer(person, step, await readCode(round, person, step));
      }),
    );
    return (...finals) => [
      ...late
        .filter(({ ChallengeParameters }) => ChallengeParameters?.challenge !== 'REPLACED')
        .map(() => 'the late answer was not refused'),
      ...done.filter((step) => !isSignedIn(step)).map(() => 'the user is not in'),
      ...finals.flatMap((final) =>
        differences(final, { challenges: 2, mails: 2, verified: 1, attempts: 0, spent: 1 }),
      ),
    ];
  },
};

export const CLOCKS: readonly FaultCase[] = [SKEWED, LATE];
