/** The workflow runs more than once, or its delivery is held by somebody who is gone. */
import { randomUUID } from 'node:crypto';
import { LEASE_SECONDS } from '../../../shared/domain/limits.ts';
import { createChallengeStore } from '../../../shared/table/challenge-store.ts';
import { differences, ONE_OF_EACH } from '../support/judge/final-state.ts';
import type { FaultCase } from '../support/play/fault-case.ts';
import { switching } from '../support/play/switching.ts';
import { isSignedIn, orRefusal, readCode, signIn } from '../support/sign-in.ts';
import { disturb } from '../support/world/disturb.ts';
import { challengeOf, startAgain } from '../support/world/executions.ts';

const twice = (name: string, fault: 'duplicateExecutions' | 'repeatedTries', rounds: number): FaultCase => ({
  name,
  invariant: 'one mail goes out',
  rounds,
  inParallel: 16,
  prepare: switching({ [fault]: true }),
  play: async (round) => {
    const person = round.person();
    const step = await signIn(round, round.cognito(), person);
    return (final) => [
      ...(isSignedIn(step) ? [] : ['the user is not in']),
      ...differences(final, ONE_OF_EACH),
    ];
  },
});

const TWICE = twice('every execution runs twice', 'duplicateExecutions', 150);
const TRIED_TWICE = twice('every try is made twice at once', 'repeatedTries', 80);

const MANY: FaultCase = {
  name: 'more executions start at any time',
  invariant: 'one mail goes out, before, during and after the sign-in',
  rounds: 150,
  inParallel: 16,
  play: async (round) => {
    const { random, world } = round;
    const person = round.person();
    const cognito = round.cognito();
    const step = await cognito.prove(person);
    const starts = Array.from({ length: random.whole(1, 4) }, async () => {
      await world.wait(random.whole(0, 3000));
      await startAgain(round, person);
    });
    const code = await readCode(round, person, step);
    await world.wait(random.whole(0, 3000));
    const done = await cognito.answer(person, step, code);
    await Promise.all(starts);
    return (final) => [
      ...(isSignedIn(done) ? [] : ['the user is not in']),
      ...differences(final, ONE_OF_EACH),
    ];
  },
};

/** An execution takes the lease and never comes back; the one that create orders cannot be started. */
const LEASE: FaultCase = {
  name: 'the owner of the lease is gone',
  invariant: 'the delivery is taken over when the lease ends, not before, and one mail goes out',
  rounds: 60,
  inParallel: 20,
  play: async (round) => {
    const { world, random } = round;
    const person = round.person();
    const cognito = round.cognito();
    // The fourth call of create is StartExecution, and the SDK makes it twice.
    const repair = disturb(world, {
      userId: person.userId,
      caller: 'CreateAuthChallenge',
      first: 4,
      count: 2,
      kind: 'unavailable',
    });
    const failed = await orRefusal(cognito.prove(person));
    repair();
    const challengeId = await challengeOf(round, person);
    const now = world.system.clock.now();
    const until = now + random.whole(1, LEASE_SECONDS) * 1000;
    const claim = { userId: person.userId, challengeId, delivery: 1, now, until };
    const store = createChallengeStore(world.database, world.tableName);
    const { addressHash = '' } = (await store.read(claim)) ?? {};
    await store.claimLease({ ...claim, addressHash, owner: randomUUID(), try: 'another#0' });
    const step = await cognito.prove(person);
    await startAgain(round, person);
    const code = await readCode(round, person, step);
    const waited = world.system.clock.now() >= until;
    const done = await cognito.answer(person, step, code);
    return (final) => [
      ...(failed === 'UserLambdaValidationException' ? [] : ['create did not fail']),
      ...(waited ? [] : ['the mail went out while the lease was held']),
      ...(isSignedIn(done) ? [] : ['the user is not in']),
      ...differences(final, ONE_OF_EACH),
    ];
  },
};

export const EXECUTIONS: readonly FaultCase[] = [TWICE, TRIED_TWICE, MANY, LEASE];
