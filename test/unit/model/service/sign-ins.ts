/** The triggers of a sign-in, called as Cognito calls them. */
import { createChallenge } from '../../../../services/create-auth-challenge/create-challenge.ts';
import { decideNextStep } from '../../../../services/define-auth-challenge/decide-next-step.ts';
import { guardTokens } from '../../../../services/guard-tokens/guard-tokens.ts';
import { checkAnswer } from '../../../../services/verify-auth-challenge/check-answer.ts';
import type { ChallengeId } from '../../../../shared/domain/challenge.ts';
import { deriveCode } from '../../../../shared/domain/code.ts';
import type { ClientCall } from '../../../../shared/messages/client-metadata.ts';
import { readSession } from '../../../../shared/messages/cognito-session.ts';
import type { RoundReference } from '../../../../shared/messages/private-parameters.ts';
import { writeSessionMetadata } from '../../../../shared/messages/session-metadata.ts';
import type { AnswerKind } from '../rules/answers.ts';
import type { Client } from '../rules/model.ts';
import type { Asked } from '../rules/orders.ts';
import type { Ground } from './ground.ts';

/** An answered challenge in Cognito's session. */
interface Entry {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  readonly challengeMetadata?: string;
}

/** A sign-in, as Cognito keeps it between its calls. */
export interface SignIn {
  readonly userId: string;
  readonly clientId: string;
  readonly session: readonly Entry[];
  /** What the last create returned: the private parameters for verify, and the metadata for the session. */
  readonly round?: RoundReference & { readonly challengeMetadata: string };
}

const PASSWORD: readonly Entry[] = ['SRP_A', 'PASSWORD_VERIFIER'].map((challengeName) => ({
  challengeName,
  challengeResult: true,
}));

/** A sign-in with the right password. */
export const newSignIn = (user: number, client: Client = 0): SignIn => ({
  userId: `user-${user}`,
  clientId: `client-${client}`,
  session: PASSWORD,
});

/** The triggers of the service on this ground. */
export const signInsOf = ({ deps, mails, nextId, keyOf, emailOf, hashOf }: Ground) => {
  /** The challenges in the order in which they were first seen. A challenge's place in the list is its number. */
  const ids: ChallengeId[] = [];
  const numberOf = (challengeId: ChallengeId): number => {
    if (!ids.includes(challengeId)) ids.push(challengeId);
    return ids.indexOf(challengeId);
  };

  const create = async (signIn: SignIn, said: ClientCall): Promise<{ asked: Asked; signIn: SignIn }> => {
    const { userId } = signIn;
    const current = readSession(signIn.session).at(-1)?.challengeId;
    const call = current === undefined ? 'answer' : said;
    const created = await createChallenge(deps, {
      userId,
      email: emailOf(userId),
      addressHash: hashOf(userId),
      locale: 'en',
      call,
      requestId: nextId('request'),
      claims: {},
      ...(current && { current }),
    });
    if (created.kind === 'refused')
      return { asked: { refused: created.code, retryAt: created.retryAt }, signIn };
    const { challenge, status, delivery, deliveryStatus, triesUntilLock, resendAt, limited } = created;
    const { challengeId, attempts } = challenge;
    const challengeMetadata = writeSessionMetadata({ challengeId, afterStatus: call === 'status' });
    return {
      asked: {
        challenge: numberOf(challengeId),
        status,
        mail: delivery,
        mailStatus: deliveryStatus,
        answersLeft: deps.maxAttempts - attempts,
        triesUntilLock,
        resendAt,
        limited: limited?.code,
      },
      signIn: { ...signIn, round: { challengeId, round: nextId('round'), attempts, challengeMetadata } },
    };
  };

  /** The text of an answer of this kind. The right one is read from the inbox. */
  const wordsOf = (kind: AnswerKind, userId: string, challengeId: ChallengeId) => {
    if (kind === 'unreadable') return 'no code';
    if (kind === 'right') return mails.find((mail) => mail.challengeId === challengeId)?.code;
    const code = deriveCode(keyOf(challengeId), { userId, challengeId }, deps.codeLength);
    return `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;
  };

  const verify = async ({ userId, clientId, round }: SignIn, kind: AnswerKind) => {
    if (round === undefined) throw new Error('Nothing was asked');
    const answer = wordsOf(kind, userId, round.challengeId);
    const said = { userId, clientId, email: emailOf(userId), answer, claims: {} };
    return checkAnswer(deps, { ...round, ...said, requestId: nextId('request') });
  };

  /** Calls define with what verify has returned, which is added to the session. */
  const define = (signIn: SignIn, call: ClientCall, challengeResult: boolean) => {
    const { session, round } = signIn;
    const answered = { challengeName: 'CUSTOM_CHALLENGE', challengeResult };
    const entry = { ...answered, ...(round && { challengeMetadata: round.challengeMetadata }) };
    const next: SignIn = { ...signIn, session: [...session, entry] };
    const history = { session: readSession(next.session), userStatus: 'CONFIRMED', userExists: true, call };
    return { step: decideNextStep(history, deps.limits).kind, signIn: next };
  };

  const askForTokens = async ({ userId, clientId }: SignIn) =>
    (await guardTokens(deps, { userId, clientId, requestId: nextId('request') })).kind;

  return { ids, create, verify, define, askForTokens };
};
