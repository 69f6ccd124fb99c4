/**
 * GetUserAuthFactors: a password is the only factor of a pool's own that is played, so it is the only one that a user has. The
 * code by mail is a challenge of the pool's functions, of which Cognito does not know what it is.
 */
import type { Operation } from '../../../ground/service.ts';
import { readInput, required, text } from '../input.ts';
import type { FindSignedInUser } from '../users/signed-in-users.ts';

const schema = { AccessToken: required(text({ min: 1 })) };

export const createGetUserAuthFactors =
  (findSignedInUser: FindSignedInUser): Operation =>
  async (input) => {
    const { AccessToken } = readInput(input, schema);
    const { user } = await findSignedInUser(AccessToken);
    return { Username: user.username, ConfiguredUserAuthFactors: ['PASSWORD'] };
  };
