/** Says whether a user may get a password: by the pool's policy, and by what passwords the user has had. */
import { AwsError } from '../../../ground/service.ts';
import { invalidPassword } from '../errors.ts';
import type { UserPool } from '../pool.ts';
import { isPassword } from '../sign-in/srp.ts';
import { passwordProblem } from './password-policy.ts';
import type { StoredUser } from './users.ts';

/**
 * Throws InvalidPasswordException, or PasswordHistoryPolicyViolationException for one of the last `PasswordHistorySize` passwords.
 * AWS documents neither the text of that nor whether the present password and temporary ones are among them; here the present
 * one is, and temporary ones are not.
 */
export const acceptPassword = (pool: UserPool, user: StoredUser, password: string): void => {
  const problem = passwordProblem(pool.passwordPolicy, password);
  if (problem !== undefined) throw invalidPassword(`Password does not conform to policy: ${problem}`);

  const remembered = (user.pastCredentials ?? []).slice(0, pool.passwordPolicy.historySize);
  if (!remembered.some((credential) => isPassword(pool.name, user.username, credential, password))) return;
  throw new AwsError(
    'PasswordHistoryPolicyViolationException',
    `The password is one of the last ${pool.passwordPolicy.historySize} of this user. Choose another one.`,
  );
};
