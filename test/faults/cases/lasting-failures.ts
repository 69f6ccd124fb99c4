/** A write of a step fails for good, after the write before it was done. Everything fails closed, and heals later. */
import type { Disturb } from '../../../local/ground/endpoint.ts';
import { LIMITS } from '../../../shared/domain/limits.ts';
import { wrongCode } from '../../support/system/local-system.ts';
import {
  countFacts,
  differences,
  type FinalState,
  failuresOf,
  ONE_OF_EACH,
  orderTimesOf,
  readFinalState,
} from '../support/judge/final-state.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import { COOLDOWN_MS, isSignedIn, orRefusal, readCode, signIn } from '../support/sign-in.ts';
import type { Person } from '../support/world/cognito.ts';
import { disturbanceOf, type FaultKind, REJECTED, refuseMails } from '../support/world/disturb.ts';

/** A write that fails. */
interface Target {
  /** A part of the caller's key. */
  readonly caller: string;
  readonly operation: 'UpdateItem' | 'StartExecution';
  /** A part of the request: which item it is for. */
  readonly text: string;
}

interface Broken {
  /** How many requests have failed so far. */
  failed(): number;
  repair(): void;
}

/** Until it is repaired, each such request of the user fails, however often it is repeated. */
const breakWrites = ({ world }: Round, { userId }: Person, target: Target, kind: FaultKind): Broken => {
  let failed = 0;
  const fail: Disturb = ({ caller, operation, body }) => {
    const isMeant = caller.includes(target.caller) && operation.endsWith(target.operation);
    if (!isMeant || !body.includes(userId) || !body.includes(target.text)) return undefined;
    failed += 1;
    return disturbanceOf(kind);
  };
  world.disturbances.add(fail);
  return { failed: () => failed, repair: () => void world.disturbances.delete(fail) };
};

const KINDS: readonly [FaultKind, ...FaultKind[]] = ['throttled', 'unavailable', 'unanswered'];

const FAILED = 'UserLambdaValidationException';

const ordersIn = (final: FinalState): number => orderTimesOf(final).length;

const readNow = ({ world }: Round, { userId }: Person): Promise<FinalState> =>
  readFinalState(world.database, world.tableName, userId, []);

/** Starts to measure. The returned function says whether a sign-in that starts now shares the challenge, however slow we are. */
const withinCooldown = ({ world: { system } }: Round): (() => boolean) => {
  const started = system.clock.now();
  return () => system.clock.now() - started < LIMITS.resendCooldown.default * 1000;
};

const ANSWERS: FaultCase = {
  name: 'verify has decided and cannot write the user’s record',
  invariant: 'it fails, no tokens are given, a wrong answer counts once, and a later sign-in gets in',
  rounds: 120,
  inParallel: 16,
  play: async (round) => {
    const { random } = round;
    const person = round.person();
    const cognito = round.cognito();
    const shares = withinCooldown(round);
    const step = await cognito.prove(person);
    const code = await readCode(round, person, step);
    const isRight = random.chance(0.5);
    const target = { caller: 'VerifyAuthChallenge', operation: 'UpdateItem', text: '"GUARD"' } as const;
    const kind = random.pick(KINDS);
    const { repair } = breakWrites(round, person, target, kind);
    const failed = await orRefusal(cognito.answer(person, step, isRight ? code : wrongCode(code)));
    repair();
    const between = await readNow(round, person);
    const again = await cognito.prove(person);
    const isSame = !isRight && shares();
    const done = await cognito.answer(person, again, await readCode(round, person, again));
    const isWritten = kind === 'unanswered';
    return (final) => [
      ...(failed === FAILED
        ? []
        : [`verify did not fail: ${typeof failed === 'string' ? failed : 'a step'}`]),
      ...(failuresOf(between) === (!isRight && isWritten ? 1 : 0)
        ? []
        : [`${failuresOf(between)} failures are counted`]),
      ...(isSignedIn(done) ? [] : ['the user is not in later']),
      ...(failuresOf(final) === 0 ? [] : ['the failures are not forgotten']),
      ...(ordersIn(final) <= (isSame ? 0 : 1) ? [] : [`${ordersIn(final)} orders still count`]),
      ...differences(final, { verified: isRight ? 2 : 1, attempts: isRight ? 0 : 1, spent: 1 }),
      ...(isRight ? differences(final, { challenges: 2, mails: 2 }) : []),
      ...(isSame ? differences(final, { challenges: 1, mails: 1 }) : []),
    ];
  },
};

const CREATED: readonly [Target, ...Target[]] = [
  { caller: 'CreateAuthChallenge', operation: 'UpdateItem', text: 'CHALLENGE#' },
  { caller: 'CreateAuthChallenge', operation: 'StartExecution', text: '' },
];

const ORDERS: FaultCase = {
  name: 'create has claimed a mail and cannot record or start it',
  invariant: 'it fails each time, and once it works the same mail is ordered, which counts once',
  rounds: 120,
  inParallel: 16,
  losesMetrics: true,
  play: async (round) => {
    const { random } = round;
    const person = round.person();
    const cognito = round.cognito();
    const shares = withinCooldown(round);
    const { repair } = breakWrites(round, person, random.pick(CREATED), random.pick(KINDS));
    const refusals: unknown[] = [];
    for (let left = random.whole(1, 3); left > 0; left -= 1) {
      refusals.push(await orRefusal(cognito.prove(person)));
    }
    repair();
    const step = await cognito.prove(person);
    const isSame = shares();
    const code = await readCode(round, person, step);
    const between = await readNow(round, person);
    const done = await cognito.answer(person, step, code);
    const once = (final: FinalState) => [
      ...(ordersIn(between) === 1 ? [] : [`${ordersIn(between)} orders count`]),
      ...(final.userRecord.version === 2
        ? []
        : [`the user record was written ${final.userRecord.version} times`]),
      ...differences(final, ONE_OF_EACH),
    ];
    return (final) => [
      ...(refusals.every((refusal) => refusal === FAILED) ? [] : ['create did not fail each time']),
      ...(isSignedIn(done) ? [] : ['the user is not in']),
      ...differences(final, { verified: 1, attempts: 0, spent: 1 }),
      ...(isSame ? once(final) : []),
    ];
  },
};

/** The workflow's first try and its retries. */
const GIVE_BACK_TRIES = 4;
const PATIENCE_MS = 30_000;

const untilFailed = async ({ world }: Round, { failed }: Broken): Promise<void> => {
  const giveUp = world.system.clock.now() + PATIENCE_MS;
  while (failed() < GIVE_BACK_TRIES && world.system.clock.now() < giveUp) await world.wait(100);
};

const GIVE_BACK: FaultCase = {
  name: 'SES refuses a mail, and the workflow cannot give its order back',
  invariant: 'it counts as one order until it can, the trail says why, and a later sign-in gets in',
  rounds: 60,
  inParallel: 30,
  keepsOrders: true,
  play: async (round) => {
    const { random, world } = round;
    const person = round.person();
    const cognito = round.cognito();
    const target = { caller: 'local-workflow', operation: 'UpdateItem', text: '"GUARD"' } as const;
    const broken = breakWrites(round, person, target, random.pick(KINDS));
    const accept = refuseMails(world, person.userId, REJECTED);
    await cognito.prove(person);
    await untilFailed(round, broken);
    const between = await readNow(round, person);
    broken.repair();
    accept();
    // Whoever comes back within the cooldown starts the delivery again, which then gives the order back.
    const comesBack = random.chance(0.5);
    if (comesBack) await cognito.prove(person);
    await world.wait(COOLDOWN_MS);
    const done = await signIn(round, cognito, person);
    return (final) => [
      ...(broken.failed() > 0 ? [] : ['nothing was given back']),
      ...(ordersIn(between) <= 1 ? [] : [`${ordersIn(between)} orders count`]),
      ...(isSignedIn(done) ? [] : ['the user is not in']),
      ...(ordersIn(final) <= (comesBack ? 0 : 1) ? [] : [`${ordersIn(final)} orders still count`]),
      ...(countFacts(final, 'SEND_FAILED') === 1 ? [] : ['the trail does not say why there was no mail']),
      ...differences(final, { ...ONE_OF_EACH, challenges: 2 }),
    ];
  },
};

export const LASTING_FAILURES: readonly FaultCase[] = [ANSWERS, ORDERS, GIVE_BACK];
