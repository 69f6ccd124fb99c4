/** Shuts the operator's AWS environment out of a process that talks to the local system alone. */
import { devNull } from 'node:os';

const OPERATORS = /^(?:AWS|CDK)_|^(?:https?|all)_proxy$/i;

/** No files of profiles, no asking for a machine's role, and no proxy, which Node may have taken up already when it started. */
const NONE: Readonly<Record<string, string>> = {
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  NO_PROXY: '*',
  no_proxy: '*',
};

/**
 * Afterwards AWS clients know only the settings that they are given: a FIPS endpoint, for instance, cannot be combined with
 * an endpoint of one's own. Also for the processes that are started from then on.
 */
export const forgetAwsEnvironment = (environment: NodeJS.ProcessEnv = process.env): void => {
  for (const name of Object.keys(environment)) if (OPERATORS.test(name)) delete environment[name];
  Object.assign(environment, NONE);
};
