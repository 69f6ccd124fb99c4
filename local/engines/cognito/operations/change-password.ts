/**
 * ChangePassword. A wrong previous password does not count in the lockout, which AWS documents for "unauthenticated or
 * IAM-authorized sign-in attempts" and this is neither. AWS limits the tries by a LimitExceededException of its own, but does not
 * document how many there are; here they are not limited. Nor does it document that other sign-ins end; here they go on.
 */
import type { Operation } from '../../../ground/service.ts';
import { incorrectCredentials, missingParameter } from '../errors.ts';
import { password, readInput, required, text } from '../input.ts';
import { isPassword } from '../sign-in/srp.ts';
import { acceptPassword } from '../users/new-passwords.ts';
import type { FindSignedInUser } from '../users/signed-in-users.ts';
import type { Users } from '../users/users.ts';

const schema = {
  AccessToken: required(text({ min: 1 })),
  PreviousPassword: password,
  ProposedPassword: required(password),
};

export const createChangePassword =
  (findSignedInUser: FindSignedInUser, users: Users): Operation =>
  async (input) => {
    const { AccessToken, PreviousPassword, ProposedPassword } = readInput(input, schema);
    const { pool, user } = await findSignedInUser(AccessToken);
    // It may be left out for users without a password, and here each user has one.
    if (PreviousPassword === undefined) throw missingParameter('PreviousPassword');
    if (!isPassword(pool.name, user.username, user.credential, PreviousPassword))
      throw incorrectCredentials();
    acceptPassword(pool, user, ProposedPassword);
    users.setPassword(pool, user, ProposedPassword, 'permanent');
    return {};
  };
