/** Asks guard-tokens for tokens as Cognito does, at an app client of any id. */
import type { TestSystem } from '../system/local-system.ts';
import { type Answered, invoke } from './invoke.ts';

/** `clientId` undefined is a call that names no client. */
export const askForTokens = (
  system: TestSystem,
  userId: string,
  clientId: string | undefined,
  triggerSource = 'TokenGeneration_Authentication',
): Promise<Answered> =>
  invoke(system, 'GuardTokensLambdaFunction', {
    triggerSource,
    callerContext: { clientId },
    request: { userAttributes: { sub: userId } },
    response: {},
  });
