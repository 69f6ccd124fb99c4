/** A try of an execution is made again, because the answer of Lambda or of SES was lost on the way. */
import type { Disturb } from '../../../local/ground/endpoint.ts';
import type { Invocation } from '../../../local/ground/service.ts';
import type { ChallengeId } from '../../../shared/domain/challenge.ts';
import type { DeliveryTask } from '../../../shared/messages/delivery.ts';
import { unclearName } from '../../../shared/table/item.ts';
import { countFacts, differences, type FinalState, ONE_OF_EACH } from '../support/judge/final-state.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import { switching } from '../support/play/switching.ts';
import { isSignedIn, readCode } from '../support/sign-in.ts';
import type { Person } from '../support/world/cognito.ts';
import { orderOf, startAgain } from '../support/world/executions.ts';
import type { World } from '../support/world/world.ts';

/** Calls `onTry` with the user's first try that asks for the lease. Returns a function that stops looking. */
const onFirstTry = ({ disturbances }: World, person: Person, onTry: (task: DeliveryTask) => void) => {
  const look: Disturb = ({ caller, body }) => {
    const text = body.toString();
    if (!caller.includes('DeliverCode') || !text.includes(person.userId)) return undefined;
    const [, challengeId] = /CHALLENGE#([\w-]+)/.exec(text) ?? [];
    const [, execution, retries] = /"SS":\["([^"]+)#(\d+)"\]/.exec(text) ?? [];
    if (challengeId === undefined || execution === undefined) return undefined;
    disturbances.delete(look);
    onTry({ ...orderOf(person, challengeId as ChallengeId), execution, retries: Number(retries) });
    return undefined;
  };
  disturbances.add(look);
  return () => void disturbances.delete(look);
};

/** What the sender may say to a try that is made again: it has sent the mail, it was sent before, or it is being sent. */
const isExpected = (outcome: Invocation): boolean =>
  outcome.kind === 'returned' || (outcome.kind === 'failed' && outcome.errorType === 'LeaseHeld');

const AGAIN: FaultCase = {
  name: 'one try of one execution is made again and again',
  invariant: 'one mail goes out, whichever of them the workflow hears of, and the trail calls it sent',
  rounds: 150,
  inParallel: 16,
  // So some come while SES has not answered yet.
  prepare: switching({ sesDelaySeconds: 2 }),
  play: async (round) => {
    const { random, world } = round;
    const person = round.person();
    const cognito = round.cognito();
    const tries: Promise<Invocation>[] = [];
    const tryAgain = async (task: DeliveryTask, wait: number) => {
      await world.wait(wait);
      return world.invoke('DeliverCodeLambdaFunction', task);
    };
    const stop = onFirstTry(world, person, (task) => {
      const waits = Array.from({ length: random.whole(1, 3) }, () =>
        random.pick([0, random.whole(1, 1500), random.whole(1, 8000)]),
      );
      tries.push(...waits.map((wait) => tryAgain(task, wait)));
    });
    const step = await cognito.prove(person);
    const code = await readCode(round, person, step);
    stop();
    if (random.chance(0.3)) await startAgain(round, person);
    await world.wait(random.whole(0, 4000));
    const done = await cognito.answer(person, step, code);
    const outcomes = await Promise.all(tries);
    return (final) => [
      ...(isSignedIn(done) ? [] : ['the user is not in']),
      ...(outcomes.length > 0 ? [] : ['no try was made again']),
      ...outcomes
        .filter((outcome) => !isExpected(outcome))
        .map((outcome) => `a try: ${JSON.stringify(outcome)}`),
      ...(countFacts(final, 'ACCEPTED') === 1 ? [] : ['the trail does not say that SES took the mail']),
      ...(countFacts(final, 'SEND_FAILED') === 0 ? [] : ['the trail says that the mail was not sent']),
      ...differences(final, ONE_OF_EACH),
    ];
  },
};

/** SES takes the user's first mail, and its answer is lost. */
const loseAnswer = ({ world: { disturbances } }: Round, { userId }: Person): void => {
  const lose: Disturb = ({ operation, body }) => {
    if (!operation.includes('/outbound-emails') || !body.includes(userId)) return undefined;
    disturbances.delete(lose);
    return { kind: 'unanswered' };
  };
  disturbances.add(lose);
};

/** How many tries SES may have taken a mail of, by the challenge's item. */
const unclearTries = ({ challenges: [challenge] }: FinalState): number => {
  const item = challenge as unknown as Readonly<Record<string, ReadonlySet<string> | undefined>>;
  return item[unclearName(1)]?.size ?? 0;
};

const LEASE_PATIENCE_MS = 45_000;

const UNANSWERED: FaultCase = {
  name: 'the answer of SES is lost, and some of its reports',
  invariant:
    'a second mail has the same code and comes only if nothing reported the first, and the trail has both tries',
  rounds: 40,
  inParallel: 40,
  prepare: switching({ feedbackLost: 50 }),
  play: async (round) => {
    const { random, world } = round;
    const person = round.person();
    const cognito = round.cognito();
    loseAnswer(round, person);
    const step = await cognito.prove(person);
    const code = await readCode(round, person, step);
    await world.wait(random.pick([random.whole(0, 3000), random.whole(0, LEASE_PATIENCE_MS)]));
    const done = await cognito.answer(person, step, code);
    return (final) => {
      const mails = final.mails.length;
      const tries = unclearTries(final);
      return [
        ...(isSignedIn(done) ? [] : ['the user is not in']),
        ...(mails === 1 || mails === 2 ? [] : [`${mails} mails`]),
        ...(tries >= mails ? [] : [`the trail has ${tries} tries of ${mails} mails`]),
        ...differences(final, { ...ONE_OF_EACH, mails }),
      ];
    };
  },
};

export const REPEATED_TRIES: readonly FaultCase[] = [AGAIN, UNANSWERED];
