/** The client asks how the mail stands: at any moment, more often than is free, or when the challenge is over. */
import type { Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { LIMITS } from '../../../shared/domain/limits.ts';
import { ANSWER_OF, writeClientMetadata } from '../../../shared/messages/client-metadata.ts';
import { wrongCode } from '../../support/system/local-system.ts';
import { differences, type FinalState, ONE_OF_EACH } from '../support/judge/final-state.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import { switching } from '../support/play/switching.ts';
import { isSignedIn, orRefusal, readCode, shownIn } from '../support/sign-in.ts';
import type { Cognito, Person } from '../support/world/cognito.ts';

/** Some clients send what is typed in the field of the code, too. It is no answer then. */
const ask = ({ random }: Round, cognito: Cognito, person: Person, step: Step): Promise<Step> => {
  const typed = random.pick([ANSWER_OF.status, '123456']);
  return cognito.answer(person, step, typed, writeClientMetadata({ call: 'status' }));
};

/** Mails and their reports take their time, so a status meets each of their states. */
const slowly = switching({ sesDelaySeconds: 1, feedbackDelaySeconds: 2 });

/** A sign-in's own writes: the order, each wrong answer, the right one. */
const written = ({ userRecord: { version } }: FinalState, expected: number): readonly string[] =>
  version === expected ? [] : [`the user record was written ${version} times instead of ${expected}`];

const FREE = LIMITS.statusRounds.default;

/** The addresses of users whose mails do not arrive. */
const UNREACHABLE = ['bounce+', 'suppressionlist+'] as const;

const ANY_MOMENT: FaultCase = {
  name: 'a client asks at any moment how the mail stands',
  invariant: 'it is told what the table says then, nothing is ordered or counted, and the user is in',
  rounds: 120,
  inParallel: 16,
  prepare: slowly,
  play: async (round) => {
    const { random, world } = round;
    const person = round.person();
    // Cognito repeats a call of create now and then.
    const isLost = () => random.chance(0.2);
    const cognito = round.cognito((called) =>
      called === 'CreateAuthChallenge' && isLost() ? [random.whole(0, 2000)] : [],
    );
    let step = await cognito.prove(person);
    const wrong = random.pick([0, 0, 1, 2]);
    const statuses = random.whole(1, FREE);
    for (let asked = 0, answered = 0; asked + answered < statuses + wrong; ) {
      await world.wait(random.whole(0, 1500));
      if (answered < wrong && (asked === statuses || random.chance(0.3))) {
        answered += 1;
        step = await cognito.answer(person, step, wrongCode(await readCode(round, person, step)));
      } else {
        asked += 1;
        step = await ask(round, cognito, person, step);
      }
    }
    const done = await cognito.answer(person, step, await readCode(round, person, step));
    return (final) => [
      ...(isSignedIn(done) ? [] : ['the user is not in']),
      ...written(final, 2 + wrong),
      ...differences(final, { ...ONE_OF_EACH, attempts: wrong }),
    ];
  },
};

const NOT_ARRIVING: FaultCase = {
  name: 'a client asks again and again about a mail that does not arrive',
  invariant: 'it is told each state that the table says, the last one too, and nothing is ordered',
  rounds: 40,
  inParallel: 16,
  prepare: slowly,
  play: async (round) => {
    const { random, world } = round;
    const local = random.pick(UNREACHABLE);
    const person = round.person(`${local}${random.uuid()}@simulator.amazonses.com`);
    const cognito = round.cognito();
    let step = await cognito.prove(person);
    const told: string[] = [shownIn(step).delivery];
    for (
      let asked = 0;
      asked < FREE && !told.includes('BOUNCED') && !told.includes('SUPPRESSED');
      asked += 1
    ) {
      await world.wait(random.whole(200, 1500));
      step = await ask(round, cognito, person, step);
      told.push(shownIn(step).delivery);
    }
    return (final) => [
      ...(told.includes('BOUNCED') || told.includes('SUPPRESSED') ? [] : [`it was told only ${told}`]),
      ...written(final, 1),
      ...differences(final, { challenges: 1, mails: 1, verified: 0, attempts: 0 }),
    ];
  },
};

const SES_DOWN: FaultCase = {
  name: 'a client asks again and again while SES is down',
  invariant: 'it is told that the mail is deferred as soon as the trail says so, and nothing is ordered',
  rounds: 20,
  inParallel: 10,
  prepare: switching({ sesDown: true }),
  play: async (round) => {
    const { random, world } = round;
    const person = round.person();
    const cognito = round.cognito();
    let step = await cognito.prove(person);
    const told: string[] = [];
    for (let asked = 0; asked < FREE && !told.includes('DEFERRED'); asked += 1) {
      await world.wait(random.whole(200, 1500));
      step = await ask(round, cognito, person, step);
      told.push(shownIn(step).delivery);
    }
    return (final) => [
      ...(told.at(-1) === 'DEFERRED' ? [] : [`it was told only ${told}`]),
      ...written(final, 2),
      ...differences(final, { challenges: 1, mails: 0, verified: 0, attempts: 0 }),
    ];
  },
};

const TOO_OFTEN: FaultCase = {
  name: 'a client asks more often than is free',
  invariant: 'only from the thirteenth time on does it use up rounds, and the sign-in ends with the eighth',
  rounds: 60,
  inParallel: 16,
  play: async (round) => {
    const { random } = round;
    const person = round.person();
    const cognito = round.cognito();
    const wrong = random.whole(0, 2);
    const most = FREE + LIMITS.maxRounds.default - wrong;
    const statuses = random.chance(0.5) ? most : random.whole(FREE - 1, most - 1);
    let step: Step | string = await cognito.prove(person);
    const code = await readCode(round, person, step);
    for (let asked = 0, answered = 0; asked + answered < statuses + wrong && typeof step !== 'string'; ) {
      if (answered < wrong && (asked === statuses - 1 || random.chance(0.2))) {
        answered += 1;
        step = await orRefusal(cognito.answer(person, step, wrongCode(code)));
      } else {
        asked += 1;
        step = await orRefusal(ask(round, cognito, person, step));
      }
    }
    const hasEnded = typeof step === 'string';
    const done = typeof step === 'string' ? step : await cognito.answer(person, step, code);
    const isIn = typeof done !== 'string' && isSignedIn(done);
    const isLast = statuses === most;
    return (final) => [
      ...(hasEnded === isLast
        ? []
        : [`after ${statuses} times the sign-in has ${isLast ? 'not ' : ''}ended`]),
      ...(isIn === !isLast ? [] : [`the user is ${isIn ? '' : 'not '}in`]),
      ...written(final, 1 + wrong + (isIn ? 1 : 0)),
      ...differences(final, { challenges: 1, mails: 1, verified: isLast ? 0 : 1, attempts: wrong }),
    ];
  },
};

type Ending = 'VERIFIED' | 'REPLACED' | 'EXHAUSTED';

/** Ends the challenge of the user's first sign-in in a second one. Returns what the two have written. */
const endElsewhere = async (round: Round, person: Person, ending: Ending) => {
  const cognito = round.cognito();
  if (ending === 'REPLACED') {
    const [local = '', domain = ''] = person.email.split('@');
    const moved = { userId: person.userId, email: `${local}-moved@${domain}` };
    await readCode(round, moved, await cognito.prove(moved));
    return { challenges: 2, mails: 2, verified: 0, attempts: 0, records: 2 };
  }
  let step = await cognito.prove(person);
  const code = await readCode(round, person, step);
  if (ending === 'VERIFIED') {
    await cognito.answer(person, step, code);
    return { ...ONE_OF_EACH, records: 2 };
  }
  const attempts = LIMITS.maxAttempts.default;
  for (let given = 0; given < attempts; given += 1) {
    step = await cognito.answer(person, step, wrongCode(code));
  }
  // The second sign-in goes on with a challenge of its own.
  await readCode(round, person, step);
  return { challenges: 2, mails: 2, verified: 0, attempts, records: 2 + attempts };
};

const OVER: FaultCase = {
  name: 'a client asks about a challenge that is over',
  invariant: 'it is told so each time, and nothing is ordered, replaced or counted',
  rounds: 60,
  inParallel: 16,
  play: async (round) => {
    const { random, world } = round;
    const person = round.person();
    const cognito = round.cognito();
    let step = await cognito.prove(person);
    await readCode(round, person, step);
    const ending = random.pick<Ending>(['VERIFIED', 'REPLACED', 'EXHAUSTED']);
    const { records, ...left } = await endElsewhere(round, person, ending);
    const told: string[] = [];
    for (let asked = random.whole(1, 3); asked > 0; asked -= 1) {
      await world.wait(random.whole(0, 1000));
      step = await ask(round, cognito, person, step);
      told.push(shownIn(step).status);
    }
    return (final) => [
      ...(final.challenges[0]?.outcome === ending ? [] : ['the challenge did not end as it should']),
      ...(told.every((status) => status === 'OVER') ? [] : [`it was told ${told}`]),
      ...written(final, records),
      ...differences(final, left),
    ];
  },
};

export const STATUS_CASES: readonly FaultCase[] = [ANY_MOMENT, NOT_ARRIVING, SES_DOWN, TOO_OFTEN, OVER];
