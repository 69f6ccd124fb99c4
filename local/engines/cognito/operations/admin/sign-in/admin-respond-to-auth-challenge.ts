/**
 * AdminRespondToAuthChallenge: the same as RespondToAuthChallenge, for a client of the pool that it names. A client of another pool is
 * unknown here, as on AWS.
 */
import type { Operation } from '../../../../../ground/service.ts';
import { clientId, readInput, userPoolId } from '../../../input.ts';
import type { Directory } from '../../../users/directory.ts';

const schema = { UserPoolId: userPoolId, ClientId: clientId };

export const createAdminRespondToAuthChallenge =
  (directory: Directory, respondToAuthChallenge: Operation): Operation =>
  (input) => {
    const { UserPoolId, ClientId } = readInput(input, schema);
    directory.clientOf(UserPoolId, ClientId);
    return respondToAuthChallenge(input);
  };
