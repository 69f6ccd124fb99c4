/** Calls a function of the local system directly, without Cognito or anything else in between. */
import type { TestSystem } from '../system/local-system.ts';

export interface Answered {
  /** The error's type, or undefined if the function returned. */
  readonly error: string | undefined;
  readonly payload: Readonly<Record<string, unknown>>;
}

export const invoke = async (
  { url }: TestSystem,
  functionName: string,
  event: unknown,
): Promise<Answered> => {
  const response = await fetch(`${url}/2015-03-31/functions/${functionName}/invocations`, {
    method: 'POST',
    body: JSON.stringify(event),
  });
  const payload = (await response.json()) as Readonly<Record<string, unknown>>;
  const failed = response.headers.get('x-amz-function-error') !== null;
  return { error: failed ? String(payload.errorType) : undefined, payload };
};

/** Asks guard-tokens as Cognito does, at an app client of any id; without one the event names no client. */
export const askForTokens = (
  system: TestSystem,
  userId: string,
  clientId: string | undefined,
  triggerSource = 'TokenGeneration_Authentication',
): Promise<Answered> =>
  invoke(system, 'GuardTokensLambdaFunction', {
    version: '1',
    triggerSource,
    callerContext: { clientId },
    request: { userAttributes: { sub: userId } },
    response: {},
  });
