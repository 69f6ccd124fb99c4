/**
 * Takes the place of the SDK's chain of credential providers in the functions' bundles (`tools/package/functions.ts`). Lambda
 * gives a function its credentials in the environment, so the other providers would only cost size and start-up time.
 */
import { fromEnv } from '@aws-sdk/credential-provider-env';

/** Has the name by which the SDK's clients import it. */
export const defaultProvider = () => fromEnv();
