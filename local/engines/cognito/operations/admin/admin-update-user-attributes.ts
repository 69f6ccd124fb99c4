/**
 * AdminUpdateUserAttributes. A pool that asks for the verification of a new address before it takes it
 * (UserAttributeUpdateSettings) has Cognito mail a code first; here that is refused, because there are no such mails.
 */
import type { Operation } from '../../../../ground/service.ts';
import { attributePair, listOf, readInput, required, textMap, username, userPoolId } from '../../input.ts';
import { acceptAdminUpdate } from '../../users/attribute-updates.ts';
import { fromPairs } from '../../users/attributes.ts';
import type { Directory } from '../../users/directory.ts';
import type { Users } from '../../users/users.ts';

const schema = {
  UserPoolId: userPoolId,
  Username: username,
  UserAttributes: required(listOf(attributePair)),
  ClientMetadata: textMap,
};

export const createAdminUpdateUserAttributes =
  (directory: Directory, users: Users): Operation =>
  (input) => {
    const { UserPoolId, Username, UserAttributes } = readInput(input, schema);
    const pool = directory.pool(UserPoolId);
    const user = users.get(pool, Username);
    const given = fromPairs(UserAttributes);
    users.setAttributes(pool, user, acceptAdminUpdate(pool, given, user.attributes));
    return {};
  };
