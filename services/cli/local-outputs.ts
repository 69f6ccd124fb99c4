/** How a running local system says where it is reached: written by the system, read by the commands. */

/** In the system's folder. */
export const OUTPUTS_FILE = 'outputs.json';

/** The folder below the project's root where the local system keeps its state unless told otherwise. */
export const DEFAULT_FOLDER = '.local';

export interface LocalOutputs {
  readonly endpoint: string;
  readonly region: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly inbox: string;
}
