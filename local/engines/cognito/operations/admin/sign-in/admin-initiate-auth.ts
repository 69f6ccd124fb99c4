/**
 * AdminInitiateAuth: the flows of InitiateAuth, begun by a server. The flow that only servers have, a password sent as it is, is
 * refused: after it AWS asks no define trigger, so nobody would be asked for a code.
 */
import type { Operation } from '../../../../../ground/service.ts';
import { invalidParameter, notImplemented } from '../../../errors.ts';
import { clientId, readInput, text, userPoolId } from '../../../input.ts';
import type { Directory } from '../../../users/directory.ts';
import { ADMIN_FLOWS } from '../../initiate-auth.ts';

const schema = { UserPoolId: userPoolId, ClientId: clientId, AuthFlow: text() };

export const createAdminInitiateAuth =
  (directory: Directory, initiateAuth: Operation): Operation =>
  (input) => {
    const { UserPoolId, ClientId, AuthFlow = '' } = readInput(input, schema);
    const { client } = directory.clientOf(UserPoolId, ClientId);
    if (!ADMIN_FLOWS.includes(AuthFlow)) return initiateAuth(input);
    if (!client.authFlows.has('ALLOW_ADMIN_USER_PASSWORD_AUTH')) {
      throw invalidParameter('Auth flow not enabled for this client');
    }
    throw notImplemented(`${AuthFlow} (use CUSTOM_AUTH, by which users are asked for their code too)`);
  };
