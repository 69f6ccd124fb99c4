/** Judges the client's answer to each kind of challenge. After a right answer or a wrong custom one, define is called. */
import type { JsonObject } from '../../../ground/service.ts';
import {
  incorrectCredentials,
  invalidParameter,
  invalidSession,
  missingParameter,
  notAuthorized,
  userDisabled,
} from '../errors.ts';
import type { TextMap } from '../input.ts';
import {
  type Attributes,
  acceptOwnAttributes,
  missingAttributes,
  withoutEmpty,
} from '../users/attributes.ts';
import { acceptPassword } from '../users/new-passwords.ts';
import { mustChangePassword, type StoredUser, type Users } from '../users/users.ts';
import type { ChallengeTriggers, ClientStep } from './challenge-triggers.ts';
import { type CustomAuth, type Pending, passed } from './custom-auth.ts';
import type { Lockout } from './lockout.ts';
import { isPassword, provesPassword } from './srp.ts';
import { canonicalTimestamp } from './srp-timestamp.ts';

export interface ChallengeAnswers {
  /** Throws for an answer that leaves the session valid, so that the client can correct it and send it again. */
  precheck(step: ClientStep, pending: Pending, responses: TextMap): void;
  /** Called once the session is spent. */
  judge(step: ClientStep, pending: Pending, responses: TextMap): Promise<JsonObject>;
  /** Judges a password that the client sends as it is. */
  judgePlain(step: ClientStep, password: string): Promise<JsonObject>;
}

export interface ChallengeAnswersDependencies {
  readonly users: Users;
  readonly triggers: ChallengeTriggers;
  readonly customAuth: CustomAuth;
  readonly lockout: Lockout;
  readonly now: () => number;
}

const NEEDED = {
  PASSWORD_VERIFIER: ['PASSWORD_CLAIM_SIGNATURE', 'PASSWORD_CLAIM_SECRET_BLOCK', 'TIMESTAMP'],
  NEW_PASSWORD_REQUIRED: ['NEW_PASSWORD'],
  CUSTOM_CHALLENGE: ['ANSWER'],
} as const;

const ATTRIBUTE_PREFIX = 'userAttributes.';

const ownAttributes = (responses: TextMap): Attributes =>
  Object.fromEntries(
    Object.entries(responses)
      .filter(([key]) => key.startsWith(ATTRIBUTE_PREFIX))
      .map(([key, value]) => [key.slice(ATTRIBUTE_PREFIX.length), value]),
  );

const precheck: ChallengeAnswers['precheck'] = ({ pool, client, subject }, { kind }, responses) => {
  for (const name of NEEDED[kind]) if (responses[name] === undefined) throw missingParameter(name);
  if (kind === 'PASSWORD_VERIFIER' && canonicalTimestamp(responses.TIMESTAMP ?? '') === undefined) {
    throw invalidParameter('TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.');
  }
  if (kind !== 'NEW_PASSWORD_REQUIRED' || subject.kind !== 'user') return;

  // If somebody else has set a password meanwhile, the temporary one no longer counts.
  if (!mustChangePassword(subject.user)) throw invalidSession();
  acceptPassword(pool, subject.user, responses.NEW_PASSWORD ?? '');
  const attributes = acceptOwnAttributes(pool, client, ownAttributes(responses), subject.user.attributes);
  const [missing] = missingAttributes(pool, withoutEmpty({ ...subject.user.attributes, ...attributes }));
  if (missing !== undefined) throw invalidParameter(`Invalid attributes given, ${missing} is missing`);
};

export const createChallengeAnswers = ({
  users,
  triggers,
  customAuth,
  lockout,
  now,
}: ChallengeAnswersDependencies): ChallengeAnswers => {
  const refuseDisabled = ({ subject }: ClientStep) => {
    if (subject.kind === 'user' && !subject.user.enabled) throw userDisabled();
  };

  const usable = (step: ClientStep): StoredUser => {
    refuseDisabled(step);
    if (step.subject.kind === 'stranger') throw incorrectCredentials();
    return step.subject.user;
  };

  /** After a wrong password define is not called. Strangers get the same computation, so that it takes as long. */
  const judgeRight = (step: ClientStep, isRight: () => boolean) => {
    if (!lockout.judge(step.pool, step.subject.username, isRight)) throw incorrectCredentials();
    const user = usable(step);
    if (user.status === 'FORCE_CHANGE_PASSWORD' && user.temporaryPasswordExpiresAt <= now()) {
      throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
    }
    return customAuth.proceed({ ...step, history: [...step.history, passed('PASSWORD_VERIFIER')] });
  };

  const judgePassword = (
    step: ClientStep,
    { exchange }: Pending & { kind: 'PASSWORD_VERIFIER' },
    responses: TextMap,
  ) => {
    // Cognito says so whatever the password.
    refuseDisabled(step);
    const { pool, subject } = step;
    const { username, credential } = subject;
    const claim = {
      signature: responses.PASSWORD_CLAIM_SIGNATURE ?? '',
      secretBlock: responses.PASSWORD_CLAIM_SECRET_BLOCK ?? '',
      timestamp: canonicalTimestamp(responses.TIMESTAMP ?? '') ?? '',
    };
    const isRight = () => provesPassword(pool.name, username, credential, exchange, claim);
    return judgeRight(step, isRight);
  };

  const judgeNewPassword = (step: ClientStep, responses: TextMap) => {
    const { pool, history, subject } = step;
    users.setAttributes(pool, usable(step), ownAttributes(responses));
    const user = users.setPassword(pool, usable(step), responses.NEW_PASSWORD ?? '', 'permanent');
    return customAuth.proceed({
      ...step,
      subject: { ...subject, kind: 'user', user },
      history: [...history, passed('NEW_PASSWORD_REQUIRED')],
    });
  };

  const judgeCustom = async (
    step: ClientStep,
    pending: Pending & { kind: 'CUSTOM_CHALLENGE' },
    responses: TextMap,
  ) => {
    refuseDisabled(step);
    const challengeResult = await triggers.verify(step, pending.privateParameters, responses.ANSWER ?? '');
    const result = { challengeName: pending.kind, challengeResult, challengeMetadata: pending.metadata };
    return customAuth.proceed({ ...step, history: [...step.history, result] });
  };

  return {
    precheck,
    judgePlain: async (step, password) => {
      refuseDisabled(step);
      const { username, credential } = step.subject;
      return judgeRight(step, () => isPassword(step.pool.name, username, credential, password));
    },
    judge: async (step, pending, responses) => {
      switch (pending.kind) {
        case 'PASSWORD_VERIFIER':
          return judgePassword(step, pending, responses);
        case 'NEW_PASSWORD_REQUIRED':
          return judgeNewPassword(step, responses);
        case 'CUSTOM_CHALLENGE':
          return judgeCustom(step, pending, responses);
      }
    },
  };
};
