/** Somebody who may start the workflow and knows a challenge's ids, which are not secret, wants its mail for himself. */
import { isDeepStrictEqual } from 'node:util';
import type { Disturb } from '../../../local/ground/endpoint.ts';
import { AwsError } from '../../../local/ground/service.ts';
import type { DeliveryInput, DeliveryOrder } from '../../../shared/messages/delivery.ts';
import {
  differences,
  type FinalState,
  ONE_OF_EACH,
  type StoredChallenge,
} from '../support/judge/final-state.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import type { Random } from '../support/play/random.ts';
import { switching } from '../support/play/switching.ts';
import { isSignedIn, orRefusal, readCode } from '../support/sign-in.ts';
import type { Cognito, Person } from '../support/world/cognito.ts';
import { disturb } from '../support/world/disturb.ts';
import {
  challengeOf,
  deliveredChallenge,
  nameOf,
  orderOf,
  startExecution,
} from '../support/world/executions.ts';
import type { World } from '../support/world/world.ts';

type Change = Readonly<Partial<Record<keyof DeliveryInput, unknown>>>;

/** What a stranger changes of the owner's order. */
const drawChange = (random: Random, owner: Person, stranger: Person): Change => {
  const [local = '', domain = ''] = owner.email.split('@');
  const number = random.pick([2, 3, 77, 99]);
  return random.pick<Change>([
    { email: stranger.email },
    { email: `${local}+codes@${domain}` },
    { email: `${local[0]}${local.slice(1).split('').reverse().join('')}@${domain}` },
    { email: `${local}@xn--bcher-kva.example` },
    { delivery: number },
    { delivery: number, email: stranger.email },
    { userId: stranger.userId, email: stranger.email },
    { email: undefined },
    { delivery: 0.5, email: stranger.email },
  ]);
};

/** In the names of executions whose function may not write to the table, so that it never learns whose order it has. */
const UNCHECKED = 'unchecked';

/** Lets the function fail in these executions before it has checked the order. Returns a function that ends this. */
const failUnchecked = ({ disturbances }: World): (() => void) => {
  const error = new AwsError('AccessDeniedException', 'User is not authorized.');
  const refuse: Disturb = ({ caller, body }) =>
    caller.includes('DeliverCode') && body.includes(UNCHECKED) ? { kind: 'refused', error } : undefined;
  disturbances.add(refuse);
  return () => void disturbances.delete(refuse);
};

/** Starts the delivery in either way that there is: by the workflow, or by its function. Returns the execution's name. */
const redirect = async (round: Round, order: DeliveryOrder, change: Change): Promise<string> => {
  const { random } = round;
  const changed = { ...order, ...change };
  const unchecked = random.chance(0.3) ? `${UNCHECKED}-${random.uuid()}` : undefined;
  if (random.chance(0.5)) return startExecution(round, unchecked ?? nameOf(order.challengeId), changed);
  const execution = unchecked ?? `execution-${random.uuid()}`;
  await round.world.invoke('DeliverCodeLambdaFunction', { ...changed, execution, retries: 0 });
  return execution;
};

const DELIVERED = ['1#ACCEPTED', '1#DELIVERED', '1#REQUESTED', '1#SENT'];
/** The owner's second sign-in was handed the same challenge. */
const REUSED = ['1#ACCEPTED', '1#DELIVERED', '1#REQUESTED', '1#REUSED', '1#SENT'];

/** What the owner's own delivery leaves, and nothing of anybody else's. */
const tracesIn = (challenge: StoredChallenge, executions: readonly string[]): readonly string[] => {
  const text = JSON.stringify(challenge, (_, value) => (value instanceof Set ? [...value] : value));
  const facts = Object.keys(challenge.events).toSorted();
  const numbered = Object.keys(challenge).filter((name) => /#(?!1$)/.test(name));
  return [
    ...([DELIVERED, REUSED].some((expected) => isDeepStrictEqual(facts, expected))
      ? []
      : [`the trail has ${facts.join(', ')}`]),
    ...numbered.map((name) => `the challenge has ${name}`),
    ...executions.filter((name) => text.includes(name)).map((name) => `the challenge names ${name}`),
  ];
};

/** The challenge without what the right answer and its tokens have written. */
const beforeAnswer = ({ outcome, events, ...challenge }: StoredChallenge) => {
  const { VERIFIED, TOKENS_ISSUED, ...delivered } = events;
  const { verifiedRound, openShard, ...others } = challenge as typeof challenge & { verifiedRound?: string };
  return { ...others, events: delivered };
};

const isUnchanged = ({ challenges: [challenge] }: FinalState, delivered: StoredChallenge): boolean =>
  challenge !== undefined && isDeepStrictEqual(beforeAnswer(challenge), beforeAnswer(delivered));

/** Real milliseconds, several times what the owner's mail takes. */
const PATIENCE_MS = 15_000;

/** A claim and a right code; a third write would be somebody else's. */
const GOOD_SIGN_IN_WRITES = 2;

/** The owner's delivery cannot be started at first, so that only the strangers' executions run. */
const proveWithoutDelivery = async ({ world }: Round, cognito: Cognito, owner: Person): Promise<void> => {
  // The fourth call of create is StartExecution, and the SDK makes it twice.
  const { userId } = owner;
  const caller = 'CreateAuthChallenge';
  const repair = disturb(world, { userId, caller, first: 4, count: 2, kind: 'unavailable' });
  await orRefusal(cognito.prove(owner));
  repair();
};

const REDIRECTED: FaultCase = {
  name: 'a delivery is started with another address or number',
  invariant: 'nothing goes out, the owner’s items stay as they were, byte for byte, and the owner gets in',
  rounds: 120,
  inParallel: 16,
  // The owner's lease is held for two seconds, so some strangers come while it is.
  prepare: async (world) => {
    const putBack = [failUnchecked(world), await switching({ sesDelaySeconds: 2 })(world)];
    return () => {
      for (const back of putBack) back();
    };
  },
  play: async (round) => {
    const { random, world } = round;
    const [owner, stranger] = [round.person(), round.person()];
    const cognito = round.cognito();
    const isFirst = random.chance(0.5);
    let step = await (isFirst ? proveWithoutDelivery(round, cognito, owner) : cognito.prove(owner));
    const order = orderOf(owner, await challengeOf(round, owner));
    const early = Array.from({ length: random.whole(1, 3) }, async () => {
      await world.wait(isFirst ? 0 : random.whole(0, 4_000));
      return redirect(round, order, drawChange(random, owner, stranger));
    });
    if (isFirst) await world.wait(random.whole(100, 2_000));
    step ??= await cognito.prove(owner);
    const code = await readCode(round, owner, step, PATIENCE_MS);
    const executions = await Promise.all(early);
    const delivered = await deliveredChallenge(round, owner);
    executions.push(await redirect(round, order, drawChange(random, owner, stranger)));
    const done = await cognito.answer(owner, step, code);
    executions.push(await redirect(round, order, drawChange(random, owner, stranger)));
    return (final, ofStranger) => [
      ...(isSignedIn(done) ? [] : ['the owner is not in']),
      ...tracesIn(delivered, executions),
      ...(isUnchanged(final, delivered) ? [] : ['the owner’s challenge has changed']),
      ...(final.userRecord.version === GOOD_SIGN_IN_WRITES
        ? []
        : [`the owner’s record was written ${final.userRecord.version} times`]),
      ...differences(final, ONE_OF_EACH),
      ...differences(ofStranger, { challenges: 0, mails: 0 }),
    ];
  },
};

export const REDIRECTS: readonly FaultCase[] = [REDIRECTED];
