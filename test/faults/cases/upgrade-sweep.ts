/** Sign-ins are abandoned in the middle of a deployment. The sweep of either release closes their challenges. */
import { functionsOf } from '../../../local/engines/lambda/local-function.ts';
import type { Disturb } from '../../../local/ground/endpoint.ts';
import { loadTemplate } from '../../../local/ground/template.ts';
import { STACK_NAME } from '../../../local/system.ts';
import { LIMITS, SWEEP_GRACE_SECONDS } from '../../../shared/domain/limits.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import { isSignedIn, orRefusal, signIn } from '../support/sign-in.ts';
import type { Release } from '../support/upgrade/change.ts';
import type { TwoReleases } from '../support/upgrade/two-releases.ts';
import type { Cognito, Person } from '../support/world/cognito.ts';
import { REFUSALS } from '../support/world/disturb.ts';
import type { World } from '../support/world/world.ts';
import { answerWrongly, CHANGES, figures, judge } from './upgrade.ts';

const sweep = async ({ templateFolder, system, invoke }: World): Promise<void> => {
  const functions = functionsOf(loadTemplate(templateFolder, STACK_NAME, system.url));
  const { arn = '' } = functions.find(({ name }) => name.startsWith('SweepChallenges')) ?? {};
  const { kind } = await invoke(arn, {});
  if (kind !== 'returned') throw new Error(`The sweep ended with ${kind}`);
};

/** The sign-in of somebody whose mail is never ordered, because the workflow cannot be started. */
const proveInVain = async (round: Round, cognito: Cognito, person: Person): Promise<void> => {
  const { disturbances } = round.world;
  const one: Disturb = ({ operation, body }) =>
    operation === 'AWSStepFunctions.StartExecution' && body.includes(person.userId)
      ? { kind: 'refused', error: REFUSALS.unavailable }
      : undefined;
  disturbances.add(one);
  const refused = await orRefusal(cognito.prove(person));
  disturbances.delete(one);
  if (refused !== 'UserLambdaValidationException') throw new Error('A mail was ordered');
};

/** Runs `run` for all of them, so many at the same time. */
const inTurns = async <T>(
  all: readonly T[],
  atOnce: number,
  run: (one: T) => Promise<void>,
): Promise<void> => {
  const left = [...all];
  const work = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await run(one);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
};

const AT_ONCE = 12;
const EXPIRED_MS = (LIMITS.codeLifetime.default + SWEEP_GRACE_SECONDS + 1) * 1000;

/** One sweep closes the challenges of all people, so they are all in one round. */
export const sweptBy = (releases: TwoReleases, release: Release): FaultCase => ({
  name: `sign-ins are abandoned and swept by the ${release} release`,
  invariant: `${figures(CHANGES.abandoned)}: each has its outcome, also if no mail was ordered, and the next sign-in gets in`,
  rounds: 1,
  inParallel: 1,
  keepsOrders: true,
  prepare: () => {
    releases.sweepWith(release);
    return () => releases.sweepWith('new');
  },
  play: async (round) => {
    const cognito = round.cognito();
    const people = CHANGES.abandoned.different.map((change) => ({
      change,
      person: round.person(),
      mailed: true,
    }));
    const others = CHANGES.abandoned.different
      .filter(({ name }) => name.startsWith('create-auth-challenge'))
      .map((change) => ({ change, person: round.person(), mailed: false }));
    const everybody = [...people, ...others];
    for (const { change, person } of everybody) releases.apply(person.userId, change);

    await inTurns(everybody, AT_ONCE, async ({ person, mailed }) => {
      if (mailed) await answerWrongly(round, cognito, person);
      else await proveInVain(round, cognito, person);
    });
    await round.world.settled();
    round.world.system.clock.adjust({ offsetMs: EXPIRED_MS });
    await sweep(round.world);
    const inside = new Set<Person>();
    await inTurns(everybody, AT_ONCE, async ({ person }) => {
      if (isSignedIn(await signIn(round, cognito, person))) inside.add(person);
    });

    return (...finals) =>
      everybody.flatMap(({ change, person, mailed }, index) => {
        const final = finals[index];
        if (final === undefined) return ['a person has no state'];
        const [first] = final.challenges;
        const expected = mailed ? 'EXPIRED' : 'ORPHANED';
        const counts = {
          challenges: 2,
          mails: mailed ? 2 : 1,
          verified: 1,
          attempts: mailed ? 1 : 0,
          spent: 1,
        };
        return [
          ...(inside.has(person) ? [] : [`${change.name}: the user is not in`]),
          ...(first?.outcome === expected ? [] : [`${change.name}: ${first?.outcome}, not ${expected}`]),
          ...judge(change, counts)(final),
        ];
      });
  },
});
