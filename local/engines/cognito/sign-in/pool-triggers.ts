/**
 * The pool's triggers around a sign-in and before a new user: their events. None of them changes anything by its response; it can
 * only fail. (Amazon Cognito developer guide, "Pre authentication", "Post authentication" and "Pre sign-up Lambda trigger".)
 */
import type { JsonObject } from '../../../ground/service.ts';
import type { TextMap } from '../input.ts';
import type { UserPool } from '../pool.ts';
import { triggerAttributes } from '../users/attributes.ts';
import type { StoredUser } from '../users/users.ts';
import type { ClientStep } from './challenge-triggers.ts';
import type { CallTrigger, TriggerCall } from './triggers.ts';

export interface NewcomerData {
  readonly username: string;
  readonly attributes: TextMap;
  readonly validationData: TextMap;
  readonly clientMetadata: TextMap;
}

/** Each throws the error of a failed trigger, and does nothing if the pool does not have it. */
export interface PoolTriggers {
  /** `validationData` is the ClientMetadata of InitiateAuth. */
  beforeSignIn(step: ClientStep, validationData: TextMap): Promise<void>;
  /** `step` has the ClientMetadata of the call that completes the sign-in. */
  afterSignIn(step: ClientStep, user: StoredUser): Promise<void>;
  /** For AdminCreateUser, where AWS ignores what the response says of confirming and verifying the user. */
  beforeNewUser(pool: UserPool, newcomer: NewcomerData): Promise<void>;
}

/** What Cognito says in place of a client's id where an administrator calls. */
const NO_CLIENT = { id: 'CLIENT_ID_NOT_APPLICABLE' };

const orNull = (values: TextMap): TextMap | null => (Object.keys(values).length > 0 ? values : null);

const ifAny = (clientMetadata: TextMap): JsonObject =>
  Object.keys(clientMetadata).length > 0 ? { clientMetadata } : {};

export const createPoolTriggers = (callTrigger: CallTrigger): PoolTriggers => {
  const callIfThere = async (call: TriggerCall): Promise<void> => {
    if (call.pool.triggers[call.trigger] !== undefined) await callTrigger(call);
  };

  return {
    beforeSignIn: ({ pool, client, subject }, validationData) =>
      callIfThere({
        pool,
        client,
        trigger: 'PreAuthentication',
        triggerSource: 'PreAuthentication_Authentication',
        userName: subject.username,
        request: {
          userAttributes: subject.kind === 'user' ? triggerAttributes(subject.user) : {},
          validationData: orNull(validationData),
          ...(client.concealsUsers ? { userNotFound: subject.kind === 'stranger' } : {}),
        },
        response: {},
      }),

    afterSignIn: ({ pool, client, clientMetadata }, user) =>
      callIfThere({
        pool,
        client,
        trigger: 'PostAuthentication',
        triggerSource: 'PostAuthentication_Authentication',
        userName: user.username,
        request: { userAttributes: triggerAttributes(user), newDeviceUsed: false, ...ifAny(clientMetadata) },
        response: {},
      }),

    beforeNewUser: (pool, { username, attributes, validationData, clientMetadata }) =>
      callIfThere({
        pool,
        client: NO_CLIENT,
        trigger: 'PreSignUp',
        triggerSource: 'PreSignUp_AdminCreateUser',
        userName: username,
        request: {
          userAttributes: { ...attributes, 'cognito:user_status': 'FORCE_CHANGE_PASSWORD' },
          validationData: orNull(validationData),
          ...ifAny(clientMetadata),
        },
        response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      }),
  };
};
