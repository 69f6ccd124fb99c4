/** References to challenges that are not the user's, are over, or never were. */
import type { JsonObject } from '../../../local/ground/service.ts';
import { newChallengeId } from '../../../shared/domain/challenge.ts';
import { codeOf } from '../../support/system/local-system.ts';
import { differences, ONE_OF_EACH, summaryOf } from '../support/judge/final-state.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import { isSignedIn, readCode, signIn } from '../support/sign-in.ts';
import type { Person } from '../support/world/cognito.ts';
import { challengeOf } from '../support/world/executions.ts';

const payloadOf = async (round: Round, functionName: string, event: JsonObject): Promise<JsonObject> => {
  const outcome = await round.invoke(functionName, event);
  if (outcome.kind === 'returned') return (outcome.payload as { readonly response: JsonObject }).response;
  return { failed: outcome.kind === 'failed' ? outcome.errorType : outcome.kind };
};

/** Calls verify as Cognito would if create had returned these private parameters. */
const verify = (round: Round, { userId, email }: Person, challengeId: string, answer: string) =>
  payloadOf(round, 'VerifyAuthChallengeLambdaFunction', {
    triggerSource: 'VerifyAuthChallengeResponse_Authentication',
    callerContext: { clientId: round.world.system.clientId },
    request: {
      userAttributes: { sub: userId, email },
      privateChallengeParameters: { challengeId, round: 'a-round-of-mine-', attempts: '0' },
      challengeAnswer: answer,
    },
    response: {},
  });

/** The next round of a session whose last challenge was this one. */
const create = (round: Round, { userId, email }: Person, metadata: string) =>
  payloadOf(round, 'CreateAuthChallengeLambdaFunction', {
    triggerSource: 'CreateAuthChallenge_Authentication',
    request: {
      userAttributes: { sub: userId, email },
      challengeName: 'CUSTOM_CHALLENGE',
      session: [{ challengeName: 'CUSTOM_CHALLENGE', challengeResult: false, challengeMetadata: metadata }],
    },
    response: {},
  });

const idOf = ({ privateChallengeParameters }: JsonObject): unknown =>
  (privateChallengeParameters as JsonObject | undefined)?.challengeId;

/** Alice has a live challenge; Mallory knows its id and even its code. */
const FOREIGN: FaultCase = {
  name: 'somebody else’s challenge',
  invariant: 'its code is worth nothing to another user, who is never handed it, and its owner gets in',
  rounds: 100,
  inParallel: 16,
  play: async (round) => {
    const alice = round.person();
    const mallory = round.person();
    const cognito = round.cognito();
    const step = await cognito.prove(alice);
    const code = await readCode(round, alice, step);
    const challengeId = await challengeOf(round, alice);
    await cognito.prove(mallory);
    const [verified, created] = await Promise.all([
      verify(round, mallory, challengeId, code),
      create(round, mallory, `challenge-${challengeId}`),
    ]);
    const done = await cognito.answer(alice, step, code);
    return (ofAlice, ofMallory) => [
      ...(verified.answerCorrect === false ? [] : ['the code was right for another user']),
      ...(idOf(created) !== challengeId ? [] : ['another user was handed the challenge']),
      ...(isSignedIn(done) ? [] : ['its owner is not in']),
      ...differences(ofAlice, ONE_OF_EACH),
      ...differences(ofMallory, { challenges: 1, mails: 1, verified: 0, attempts: 0, spent: 0 }),
    ];
  },
};

const OLD: FaultCase = {
  name: 'a challenge that is over',
  invariant: 'its code lets nobody in again, and the next round has another challenge',
  rounds: 100,
  inParallel: 16,
  play: async (round) => {
    const person = round.person();
    const step = await signIn(round, round.cognito(), person);
    const challengeId = await challengeOf(round, person);
    const mail = await round.world.mailbox.find(person.userId, ({ tags }) => tags.challenge === challengeId);
    const code = codeOf(mail);
    const verified = await verify(round, person, challengeId, code);
    const created = await create(round, person, `challenge-${challengeId}`);
    return (final) => [
      ...(isSignedIn(step) ? [] : ['the user is not in']),
      ...(verified.answerCorrect === false ? [] : ['the code worked twice']),
      ...(idOf(created) !== challengeId ? [] : ['the challenge was handed out again']),
      ...differences(final, { challenges: 2, mails: 2, verified: 1, attempts: 0, spent: 1 }),
    ];
  },
};

const MADE_UP: FaultCase = {
  name: 'challenge ids that are made up',
  invariant: 'no answer is right, nothing is written under them, and the user gets a challenge of their own',
  rounds: 350,
  inParallel: 16,
  play: async (round) => {
    const { random, world } = round;
    const person = round.person();
    const now = world.system.clock.now();
    const id = random.pick([
      newChallengeId(now - random.whole(0, 600_000)),
      newChallengeId(now + random.whole(0, 600_000)),
      random.uuid(),
      '',
      `${newChallengeId(now)}\u0000`,
      'GUARD',
      '__proto__',
    ]);
    const answer = String(random.whole(0, 999_999)).padStart(6, '0');
    const verified = await verify(round, person, id, answer);
    const before = await round.world.invoke('GuardTokensLambdaFunction', {
      version: '1',
      triggerSource: 'TokenGeneration_Authentication',
      callerContext: { clientId: world.system.clientId },
      request: { userAttributes: { sub: person.userId } },
      response: {},
    });
    const created = await create(round, person, `challenge-${id}`);
    return (final) => {
      const { challenges, mails, verified: count } = summaryOf(final);
      return [
        ...(verified.answerCorrect === false ? [] : ['an answer was right']),
        ...(before.kind === 'failed' && before.errorType === 'TokensRefused' ? [] : ['there were tokens']),
        ...(idOf(created) === final.challenges[0]?.challengeId && idOf(created) !== id
          ? []
          : ['no own challenge']),
        ...(challenges === 1 && mails === 1 && count === 0
          ? []
          : [`${challenges} challenges, ${mails} mails`]),
      ];
    };
  },
};

export const REFERENCES: readonly FaultCase[] = [FOREIGN, OLD, MADE_UP];
