/** AdminCreateUser. It never sends an invitation, for any MessageAction, so you must pass on the temporary password yourself. */
import type { Operation } from '../../../../ground/service.ts';
import { invalidParameter, invalidPassword, notImplemented } from '../../errors.ts';
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
import { acceptAttributes, describeUser, isEmail } from '../../users/attributes.ts';
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
  ForceAliasCreation: flag,
  ClientMetadata: textMap,
};

export const createAdminCreateUser =
  (directory: Directory, users: Users): Operation =>
  (input) => {
    const { UserPoolId, Username, TemporaryPassword, UserAttributes, MessageAction } = readInput(
      input,
      schema,
    );
    const pool = directory.pool(UserPoolId);
    if (MessageAction === 'RESEND') throw notImplemented('MessageAction RESEND');
    if (pool.signsInWithEmail && !isEmail(Username)) throw invalidParameter('Username should be an email.');

    const problem = TemporaryPassword && passwordProblem(pool.passwordPolicy, TemporaryPassword);
    if (problem) throw invalidPassword(`Password did not conform with password policy: ${problem}`);
    const user = users.create(pool, {
      signInName: Username,
      attributes: acceptAttributes(
        pool,
        Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value])),
      ),
      temporaryPassword: TemporaryPassword ?? generatePassword(pool.passwordPolicy),
    });
    return { User: describeUser(user, 'Attributes') };
  };
