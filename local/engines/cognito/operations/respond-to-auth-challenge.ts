/** RespondToAuthChallenge: PASSWORD_VERIFIER, NEW_PASSWORD_REQUIRED and CUSTOM_CHALLENGE. */
import type { Operation } from '../../../ground/service.ts';
import { invalidSession, missingParameter, notImplemented, refuseUnplayable } from '../errors.ts';
import { clientId, readInput, required, text, textMap } from '../input.ts';
import type { ChallengeAnswers } from '../sign-in/challenge-answers.ts';
import { type PendingSignIn, subOf } from '../sign-in/custom-auth.ts';
import type { Sessions } from '../sign-in/sessions.ts';
import type { ClientSecrets } from '../tokens/client-secrets.ts';
import type { Directory } from '../users/directory.ts';
import type { FindSubject } from '../users/subjects.ts';

export interface RespondToAuthChallengeDependencies {
  readonly directory: Directory;
  readonly findSubject: FindSubject;
  readonly sessions: Sessions<PendingSignIn>;
  readonly answers: ChallengeAnswers;
  readonly secrets: ClientSecrets;
}

const ANSWERED = ['PASSWORD_VERIFIER', 'NEW_PASSWORD_REQUIRED', 'CUSTOM_CHALLENGE'];
const UNANSWERED =
  `ADMIN_NO_SRP_AUTH DEVICE_PASSWORD_VERIFIER DEVICE_SRP_AUTH EMAIL_OTP MFA_SETUP PASSWORD PASSWORD_SRP
  SELECT_CHALLENGE SELECT_MFA_TYPE SMS_MFA SMS_OTP SOFTWARE_TOKEN_MFA WEB_AUTHN`.split(/\s+/);

const schema = {
  ClientId: clientId,
  ChallengeName: required(text({ values: [...ANSWERED, ...UNANSWERED] })),
  Session: text({ min: 20, max: 2048 }),
  ChallengeResponses: textMap,
  ClientMetadata: textMap,
};

export const createRespondToAuthChallenge =
  ({ directory, findSubject, sessions, answers, secrets }: RespondToAuthChallengeDependencies): Operation =>
  async (input) => {
    const { ClientId, ChallengeName, Session, ChallengeResponses, ClientMetadata } = readInput(input, schema);
    const { pool, client } = directory.client(ClientId);
    refuseUnplayable(pool);
    if (!ANSWERED.includes(ChallengeName)) throw notImplemented(ChallengeName);
    if (Session === undefined) throw missingParameter('Session');
    const name = ChallengeResponses.USERNAME;
    if (name === undefined || name === '') throw missingParameter('USERNAME');
    secrets.checkHash(pool, client, name, ChallengeResponses.SECRET_HASH);

    const { username, sub, history, flow, pending } = sessions.read(pool, client, Session);
    const subject = findSubject(pool, client, name);
    const isOther = subject.username !== username || subOf(subject) !== sub;
    if (isOther || pending.kind !== ChallengeName) throw invalidSession();

    const step = { pool, client, subject, history, flow, clientMetadata: ClientMetadata };
    answers.precheck(step, pending, ChallengeResponses);
    sessions.spend(Session);
    return answers.judge(step, pending, ChallengeResponses);
  };
