/** Builds the functions before the tests that synthesize, as the app of cdk.json does before it synthesizes. */
import { buildFunctions } from '../../../tools/package/functions.ts';

export const setup = async (): Promise<void> => {
  await buildFunctions();
};
