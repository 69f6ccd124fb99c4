/**
 * UpdateUserAttributes. It never mails a code, so CodeDeliveryDetailsList is empty, and a change for which Cognito would mail one
 * is refused.
 */
import type { Operation } from '../../../ground/service.ts';
import { attributePair, listOf, readInput, required, text, textMap } from '../input.ts';
import { acceptOwnUpdate } from '../users/attribute-updates.ts';
import { fromPairs } from '../users/attributes.ts';
import type { FindSignedInUser } from '../users/signed-in-users.ts';
import type { Users } from '../users/users.ts';

const schema = {
  AccessToken: required(text({ min: 1 })),
  UserAttributes: required(listOf(attributePair)),
  ClientMetadata: textMap,
};

export const createUpdateUserAttributes =
  (findSignedInUser: FindSignedInUser, users: Users): Operation =>
  async (input) => {
    const { AccessToken, UserAttributes } = readInput(input, schema);
    const { pool, client, user } = await findSignedInUser(AccessToken);
    const given = fromPairs(UserAttributes);
    users.setAttributes(pool, user, acceptOwnUpdate(pool, client, given, user.attributes));
    return { CodeDeliveryDetailsList: [] };
  };
