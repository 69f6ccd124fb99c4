/** AdminCreateUser. It never sends an invitation, for any MessageAction, so you must pass on the temporary password yourself. */
import { randomUUID } from 'node:crypto';
import type { Operation } from '../../../../ground/service.ts';
import { invalidParameter, invalidPassword, notImplemented } from '../../errors.ts';
import type { WelcomeUser } from '../../groups/template-members.ts';
import {
  attributePair,
  flag,
  listOf,
  password,
  readInput,
  text,
  textMap,
  username,
  userPoolId,
} from '../../input.ts';
import type { PoolTriggers } from '../../sign-in/pool-triggers.ts';
import { acceptAttributes, describeUser, fromPairs, isEmail } from '../../users/attributes.ts';
import type { Directory } from '../../users/directory.ts';
import { generatePassword, passwordProblem } from '../../users/password-policy.ts';
import type { Users } from '../../users/users.ts';

const schema = {
  UserPoolId: userPoolId,
  Username: username,
  TemporaryPassword: password,
  UserAttributes: listOf(attributePair),
  MessageAction: text({ values: ['RESEND', 'SUPPRESS'] }),
  DesiredDeliveryMediums: listOf(text({ values: ['SMS', 'EMAIL'] })),
  ValidationData: listOf(attributePair),
  ForceAliasCreation: flag,
  ClientMetadata: textMap,
};

export const createAdminCreateUser =
  (directory: Directory, users: Users, welcome: WelcomeUser, poolTriggers: PoolTriggers): Operation =>
  async (input) => {
    const request = readInput(input, schema);
    const { UserPoolId, Username, TemporaryPassword, UserAttributes, MessageAction } = request;
    const pool = directory.pool(UserPoolId);
    if (MessageAction === 'RESEND') throw notImplemented('MessageAction RESEND');
    if (pool.signsInWithEmail && !isEmail(Username)) throw invalidParameter('Username should be an email.');

    const problem = TemporaryPassword && passwordProblem(pool.passwordPolicy, TemporaryPassword);
    if (problem) throw invalidPassword(`Password did not conform with password policy: ${problem}`);
    const attributes = acceptAttributes(pool, fromPairs(UserAttributes));
    const sub = randomUUID();
    await poolTriggers.beforeNewUser(pool, {
      username: pool.signsInWithEmail ? sub : Username,
      attributes: pool.signsInWithEmail ? { ...attributes, email: Username } : attributes,
      validationData: fromPairs(request.ValidationData),
      clientMetadata: request.ClientMetadata,
    });
    const user = users.create(pool, {
      sub,
      signInName: Username,
      attributes,
      temporaryPassword: TemporaryPassword ?? generatePassword(pool.passwordPolicy),
    });
    welcome(pool, user);
    return { User: describeUser(user, 'Attributes') };
  };
