/** Cognito from the proven password on, in front of the product's own triggers: each Session works once. */
import type { CreateAuthChallengeTriggerEvent } from 'aws-lambda';
import type { AuthResponse, ChallengeResponse } from '../../../client/aws-sdk.ts';
import { createChallenge } from '../../../services/create-auth-challenge/create-challenge.ts';
import { toError } from '../../../services/create-auth-challenge/refusal-error.ts';
import {
  countStatusesLeft,
  writeChallenge,
} from '../../../services/create-auth-challenge/write-challenge.ts';
import { decideNextStep } from '../../../services/define-auth-challenge/decide-next-step.ts';
import { checkAnswer } from '../../../services/verify-auth-challenge/check-answer.ts';
import { readClientMetadata } from '../../../shared/messages/client-metadata.ts';
import { readSession } from '../../../shared/messages/cognito-session.ts';
import { readPrivateParameters } from '../../../shared/messages/private-parameters.ts';
import type { Service } from '../../unit/model/service/a-service.ts';

export const SESSION_SECONDS = 900;

/** An error as the AWS SDK throws it. */
export const anError = (name: string, message = ''): Error => Object.assign(new Error(message), { name });

interface Entry {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  readonly challengeMetadata?: string;
}

interface OpenRound {
  readonly userId: string;
  readonly history: readonly Entry[];
  readonly privateParameters: unknown;
  readonly metadata: string;
  readonly until: number;
  isUsed: boolean;
}

const PASSWORD: readonly Entry[] = ['SRP_A', 'PASSWORD_VERIFIER'].map((challengeName) => ({
  challengeName,
  challengeResult: true,
}));

export const aCognito = (service: Service) => {
  const { deps, now, nextId, emailOf, hashOf } = service;
  const rounds = new Map<string, OpenRound>();

  const handOut = async (userId: string, history: readonly Entry[], said: unknown): Promise<AuthResponse> => {
    const session = readSession(history);
    const current = session.at(-1)?.challengeId;
    const call = current === undefined ? 'answer' : readClientMetadata(said).call;
    const user = { userId, email: emailOf(userId), addressHash: hashOf(userId), locale: 'en' };
    const request = { ...user, call, requestId: nextId('request'), claims: {}, ...(current && { current }) };
    const issued = await createChallenge(deps, request);
    if (issued.kind === 'refused') {
      const { message } = toError(issued);
      throw anError('UserLambdaValidationException', `CreateAuthChallenge failed with error ${message}.`);
    }
    const afterStatus = call === 'status';
    const { response } = writeChallenge({} as CreateAuthChallengeTriggerEvent, issued, {
      ...deps.limits,
      round: nextId('round'),
      afterStatus,
      statusesLeft: countStatusesLeft(session, afterStatus, deps.limits),
      now: now(),
      sessionValiditySeconds: SESSION_SECONDS,
    });
    const Session = nextId('session');
    rounds.set(Session, {
      userId,
      history,
      privateParameters: response.privateChallengeParameters,
      metadata: response.challengeMetadata,
      until: now() + SESSION_SECONDS * 1000,
      isUsed: false,
    });
    return {
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeParameters: response.publicChallengeParameters,
      Session,
    };
  };

  const take = (session: string | undefined): OpenRound => {
    const round = rounds.get(session ?? '');
    if (round === undefined) throw anError('NotAuthorizedException', 'Invalid session for the user.');
    const invalid = (why: string) =>
      anError('NotAuthorizedException', `Invalid session for the user, session ${why}.`);
    if (round.isUsed) throw invalid('can only be used once');
    if (round.until <= now()) throw invalid('is expired');
    round.isUsed = true;
    return round;
  };

  return {
    /** The password was right. */
    prove: (userId: string): Promise<AuthResponse> => handOut(userId, PASSWORD, {}),
    respond: async ({
      Session,
      ChallengeResponses,
      ClientMetadata,
    }: ChallengeResponse): Promise<AuthResponse> => {
      const { userId, history, privateParameters, metadata } = take(Session);
      const { call } = readClientMetadata(ClientMetadata);
      const reference = readPrivateParameters(privateParameters);
      if (reference === undefined) throw new Error('Nothing was asked');
      const said = {
        userId,
        clientId: 'client-0',
        email: emailOf(userId),
        claims: {},
        requestId: nextId('request'),
      };
      const answer = { ...reference, ...said, answer: ChallengeResponses.ANSWER };
      const isRight = call === 'answer' && (await checkAnswer(deps, answer)) === 'verified';
      const entry = {
        challengeName: 'CUSTOM_CHALLENGE',
        challengeResult: isRight,
        challengeMetadata: metadata,
      };
      const next = [...history, entry];
      const signIn = { session: readSession(next), userStatus: 'CONFIRMED', userExists: true, call };
      switch (decideNextStep(signIn, deps.limits).kind) {
        case 'issueTokens':
          return { AuthenticationResult: { AccessToken: 'token' } };
        case 'challenge':
          return handOut(userId, next, ClientMetadata);
        default:
          throw anError('NotAuthorizedException', 'Incorrect username or password.');
      }
    },
  };
};
