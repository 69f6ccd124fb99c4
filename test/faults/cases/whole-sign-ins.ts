/** Cases that run through the whole local Cognito, with SRP. These are expensive, so their rounds are few. */
import { NotAuthorizedException } from '@aws-sdk/client-cognito-identity-provider';
import { provePassword, type Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { createUser, type TestUser, userIdOf } from '../../support/system/local-system.ts';
import { differences, ONE_OF_EACH } from '../support/judge/final-state.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import { isSignedIn, readCode } from '../support/sign-in.ts';
import type { Person } from '../support/world/cognito.ts';

const newUser = async (round: Round): Promise<{ readonly user: TestUser; readonly person: Person }> => {
  const { system } = round.world;
  const user = await createUser(system);
  const person = { userId: await userIdOf(system, user), email: user.email };
  round.join(person);
  return { user, person };
};

/** Returns undefined if Cognito does not accept the session. */
const tryAnswer = async (
  round: Round,
  user: TestUser,
  step: Step,
  code: string,
): Promise<Step | undefined> => {
  try {
    return await answerCode(round.world.system.client, user, step, code);
  } catch (error) {
    if (error instanceof NotAuthorizedException) return undefined;
    throw error;
  }
};

const TOGETHER: FaultCase = {
  name: 'sign-ins of one user side by side, with SRP',
  invariant: 'each challenge has one mail and lets one of them in, and all get in',
  rounds: 15,
  inParallel: 3,
  play: async (round) => {
    const { user, person } = await newUser(round);
    const { client } = round.world.system;
    const finish = async (asked: Step): Promise<boolean> => {
      let step = asked;
      for (let answered = 0; answered < 6 && !isSignedIn(step); answered += 1) {
        step = await answerCode(client, user, step, await readCode(round, person, step));
      }
      return isSignedIn(step);
    };
    const places = round.random.whole(2, 3);
    const asked = await Promise.all(Array.from({ length: places }, () => provePassword(client, user)));
    const inside = (await Promise.all(asked.map(finish))).filter(Boolean).length;
    return (final) => [
      ...(inside === places ? [] : [`${inside} of ${places} are in`]),
      ...differences(final, { challenges: places, mails: places, verified: places, attempts: 0 }),
    ];
  },
};

const REPLAYED: FaultCase = {
  name: 'a session is used again, with SRP',
  invariant: 'of all answers to one session one is taken',
  rounds: 15,
  inParallel: 3,
  play: async (round) => {
    const { user, person } = await newUser(round);
    const step = await provePassword(round.world.system.client, user);
    const code = await readCode(round, person, step);
    const answers = await Promise.all([1, 2, 3].map(() => tryAnswer(round, user, step, code)));
    const late = await tryAnswer(round, user, step, code);
    const taken = [...answers, late].filter((answer) => answer !== undefined);
    return (final) => [
      ...(taken.length === 1 && taken.every(isSignedIn) ? [] : [`${taken.length} answers were taken`]),
      ...differences(final, ONE_OF_EACH),
    ];
  },
};

/** The longest that the pool keeps a session, in the default settings. */
const SESSION_MS = 15 * 60_000;

const OLD: FaultCase = {
  name: 'a session that has ended, with SRP',
  invariant: 'it takes no answer, and a new sign-in has a challenge and a mail of its own',
  rounds: 10,
  inParallel: 1,
  play: async (round) => {
    const { user, person } = await newUser(round);
    const { client, clock } = round.world.system;
    const step = await provePassword(client, user);
    const code = await readCode(round, person, step);
    clock.adjust({ offsetMs: SESSION_MS + 1_000 });
    const late = await tryAnswer(round, user, step, code);
    const again = await provePassword(client, user);
    const done = await answerCode(client, user, again, await readCode(round, person, again));
    return (final) => [
      ...(late === undefined ? [] : ['the old session took an answer']),
      ...(isSignedIn(done) ? [] : ['the new sign-in is not in']),
      ...differences(final, { challenges: 2, mails: 2, verified: 1, attempts: 0, spent: 1 }),
    ];
  },
};

export const WHOLE_SIGN_INS: readonly FaultCase[] = [TOGETHER, REPLAYED, OLD];
