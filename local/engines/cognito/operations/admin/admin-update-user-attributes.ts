/**
 * AdminUpdateUserAttributes. A pool that asks for the verification of a new address before it takes it
 * (UserAttributeUpdateSettings) has Cognito mail a code first; here that is refused, because there are no such mails.
 */
import type { Operation } from '../../../../ground/service.ts';
import { invalidParameter, notImplemented } from '../../errors.ts';
import { attributePair, listOf, readInput, required, textMap, username, userPoolId } from '../../input.ts';
import type { UserPool } from '../../pool.ts';
import { type Attributes, acceptAttributes } from '../../users/attributes.ts';
import type { Directory } from '../../users/directory.ts';
import type { Users } from '../../users/users.ts';

const schema = {
  UserPoolId: userPoolId,
  Username: username,
  UserAttributes: required(listOf(attributePair)),
  ClientMetadata: textMap,
};

const refuseUnverified = (pool: UserPool, given: Attributes, present: Attributes): void => {
  for (const name of pool.verifiedBeforeUpdate) {
    const isNew = given[name] !== undefined && given[name] !== present[name];
    if (isNew && given[`${name}_verified`] !== 'true') {
      throw notImplemented(`The mail that verifies a new ${name} (give ${name}_verified=true as well)`);
    }
  }
};

const refuseImmutable = (pool: UserPool, given: Attributes): void => {
  const immutable = Object.keys(given).find((name) => pool.immutableAttributes.has(name));
  if (immutable !== undefined) throw invalidParameter(`user.${immutable}: Attribute cannot be updated.`);
};

export const createAdminUpdateUserAttributes =
  (directory: Directory, users: Users): Operation =>
  (input) => {
    const { UserPoolId, Username, UserAttributes } = readInput(input, schema);
    const pool = directory.pool(UserPoolId);
    const user = users.get(pool, Username);
    const given = Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
    acceptAttributes(pool, given);
    refuseImmutable(pool, given);
    refuseUnverified(pool, given, user.attributes);
    users.setAttributes(pool, user, given);
    return {};
  };
