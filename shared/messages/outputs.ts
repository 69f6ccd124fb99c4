/** How a running local system says where it is reached: written by the system, read by the commands. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** In the system's folder. */
export const OUTPUTS_FILE = 'outputs.json';

/** The folder below the project's root where the local system keeps its state unless told otherwise. */
export const DEFAULT_FOLDER = '.local';

export interface LocalOutputs {
  readonly endpoint: string;
  readonly region: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly tableName: string;
  readonly keyringSecretArn: string;
  /** The limits of users' guards, as JSON. */
  readonly guardLimits: string;
  readonly inbox: string;
}

/** What the system that was last started in the folder has written down; undefined where there was none. */
export const readLocalOutputs = (folder: string): LocalOutputs | undefined => {
  try {
    return JSON.parse(readFileSync(join(folder, OUTPUTS_FILE), 'utf8')) as LocalOutputs;
  } catch {
    return undefined;
  }
};
