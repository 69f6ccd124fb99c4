/** One user at several places at once. */
import type { Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { differences, ONE_OF_EACH } from '../support/judge/final-state.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import { isSignedIn, orRefusal, readCode } from '../support/sign-in.ts';
import type { Cognito, Person } from '../support/world/cognito.ts';

/** Finishes the sign-in in one tab. If another tab has used the code, there is a new challenge and a new mail. */
const finish = async (round: Round, cognito: Cognito, person: Person, asked: Step): Promise<boolean> => {
  let step = asked;
  for (let answered = 0; answered < 6 && !isSignedIn(step); answered += 1) {
    step = await cognito.answer(person, step, await readCode(round, person, step));
  }
  return isSignedIn(step);
};

const TABS: FaultCase = {
  name: 'several tabs at once',
  invariant: 'each challenge has one mail and lets one tab in, and all get in',
  rounds: 40,
  inParallel: 5,
  play: async (round) => {
    const person = round.person();
    const cognito = round.cognito();
    const tabs = round.random.whole(2, 4);
    const asked = await Promise.all(Array.from({ length: tabs }, () => cognito.prove(person)));
    const entered = await Promise.all(asked.map((step) => finish(round, cognito, person, step)));
    const inside = entered.filter(Boolean).length;
    return (final) => [
      ...(inside === tabs ? [] : [`${inside} of ${tabs} tabs are in`]),
      ...differences(final, { challenges: tabs, mails: tabs, verified: tabs, attempts: 0 }),
    ];
  },
};

const REPLAY: FaultCase = {
  name: 'a session is used again',
  invariant: 'of all answers to one session one is taken, and tokens are given once',
  rounds: 200,
  inParallel: 16,
  play: async (round) => {
    const person = round.person();
    const cognito = round.cognito();
    const step = await cognito.prove(person);
    const code = await readCode(round, person, step);
    const copies = round.random.whole(2, 4);
    const answer = () => orRefusal(cognito.answer(person, step, code));
    const results = [...(await Promise.all(Array.from({ length: copies }, answer))), await answer()];
    const taken = results.filter((result) => typeof result !== 'string').length;
    const refused = results.filter((result) => result === 'NotAuthorizedException').length;
    return (final) => [
      ...(taken === 1 && refused === copies ? [] : [`${taken} answers were taken, ${refused} refused`]),
      ...differences(final, ONE_OF_EACH),
    ];
  },
};

export const PARALLEL_SIGN_INS: readonly FaultCase[] = [TABS, REPLAY];
