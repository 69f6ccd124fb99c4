/** Tokens are asked for at another app client than the one where the code is given. */
import { differences, type FinalState, ONE_OF_EACH } from '../support/judge/final-state.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import { isSignedIn, readCode } from '../support/sign-in.ts';
import type { Person } from '../support/world/cognito.ts';

/** Ids that are not the owner's, many of them nearly. Cognito always names one; an event without any gets no tokens either. */
const othersThan = (clientId: string): readonly [unknown, ...unknown[]] => [
  'a1b2c3d4e5f6g7h8i9j0k1l2m3',
  clientId.slice(0, -1),
  `${clientId}0`,
  clientId.toUpperCase(),
  ` ${clientId}`,
  `${clientId}\n`,
  [clientId],
  { clientId },
  '',
  null,
  undefined,
];

/** Asks guard-tokens, as Cognito does for somebody whom another client has let in. Returns whether there are tokens. */
const asksElsewhere = async ({ world, random }: Round, { userId, email }: Person): Promise<boolean> => {
  const clientId = random.pick(othersThan(world.system.clientId));
  const outcome = await world.invoke('GuardTokensLambdaFunction', {
    version: '1',
    triggerSource: random.pick(['TokenGeneration_Authentication', 'TokenGeneration_NewPasswordChallenge']),
    callerContext: random.chance(0.9) ? { clientId } : undefined,
    request: { userAttributes: { sub: userId, email } },
    response: {},
  });
  return outcome.kind === 'returned';
};

/** The client of each verification and of each spend. */
const clientsOf = ({ challenges }: FinalState): readonly unknown[] =>
  challenges.flatMap(({ events }) => [events.VERIFIED?.client, events.TOKENS_ISSUED?.client]);

const SECOND_DOOR: FaultCase = {
  name: 'another app client asks for tokens again and again',
  invariant: 'it gets none, before, during and after the sign-in, and the owner gets in',
  rounds: 120,
  inParallel: 8,
  play: async (round) => {
    const { random, world } = round;
    const person = round.person();
    const cognito = round.cognito();
    let isOver = false;
    let given = 0;
    const ask = async () => {
      while (!isOver) {
        if (await asksElsewhere(round, person)) given += 1;
        await world.wait(random.whole(200, 1_000));
      }
    };
    const asking = ask();
    const step = await cognito.prove(person);
    const done = await cognito.answer(person, step, await readCode(round, person, step));
    isOver = true;
    await asking;
    // For some seconds more the owner's client would get tokens again.
    for (let asked = 0; asked < 3; asked += 1) if (await asksElsewhere(round, person)) given += 1;
    return (final) => [
      ...(given === 0 ? [] : [`tokens were given ${given} times at another client`]),
      ...(isSignedIn(done) ? [] : ['the owner is not in']),
      ...(clientsOf(final).every((client) => client === world.system.clientId)
        ? []
        : ['another client is in the trail of the tokens']),
      ...differences(final, ONE_OF_EACH),
    ];
  },
};

export const DOORS: readonly FaultCase[] = [SECOND_DOOR];
