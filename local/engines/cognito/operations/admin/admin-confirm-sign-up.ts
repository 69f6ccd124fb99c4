/**
 * AdminConfirmSignUp. Nobody signs up here, so no user waits for it, and it says of every user what AWS says of one who does not
 * wait.
 */
import type { Operation } from '../../../../ground/service.ts';
import { notAuthorized } from '../../errors.ts';
import { readInput, textMap, username, userPoolId } from '../../input.ts';
import type { Directory } from '../../users/directory.ts';
import type { Users } from '../../users/users.ts';

const schema = { UserPoolId: userPoolId, Username: username, ClientMetadata: textMap };

export const createAdminConfirmSignUp =
  (directory: Directory, users: Users): Operation =>
  (input) => {
    const { UserPoolId, Username } = readInput(input, schema);
    const { status } = users.get(directory.pool(UserPoolId), Username);
    throw notAuthorized(`User cannot be confirmed. Current status is ${status}`);
  };
