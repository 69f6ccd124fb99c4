/** Where a running local system says how to reach it: written by the system, read by the commands. */

/** Below the project's root. */
export const LOCAL_OUTPUTS_FILE = '.local/outputs.json';

export interface LocalOutputs {
  readonly endpoint: string;
  readonly region: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly inbox: string;
}
