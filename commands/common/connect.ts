/** The local system that runs in a folder, as the commands reach it. */
import { LOCAL_CLOCK_PATH, type LocalClock } from '../../shared/messages/local-clock.ts';
import { type LocalOutputs, readLocalOutputs } from '../../shared/messages/outputs.ts';

/** The local system does not run; the message says how to start it. */
export class NotRunningError extends Error {
  override readonly name = 'NotRunningError';
}

export interface RunningSystem {
  readonly outputs: LocalOutputs;
  /** What an AWS client needs to talk to it. */
  readonly settings: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Its time, which may be shifted, in epoch milliseconds. */
  readonly now: number;
}

const askTime = async ({ endpoint }: LocalOutputs): Promise<number> => {
  try {
    const response = await fetch(new URL(LOCAL_CLOCK_PATH, endpoint));
    const { now } = (await response.json()) as Partial<LocalClock>;
    if (typeof now === 'number') return now;
  } catch {
    // Nothing answers there, or something else does.
  }
  throw new NotRunningError(`The local system does not answer at ${endpoint}. Start it with: npm start`);
};

/** Throws `NotRunningError`, also for a system that was started by a version that did not write down all of `needed`. */
export const findRunningSystem = async (
  folder: string,
  needed: readonly (keyof LocalOutputs)[],
): Promise<RunningSystem> => {
  const outputs = readLocalOutputs(folder);
  if (outputs === undefined) {
    throw new NotRunningError('There is no local system yet. Start it in another terminal with: npm start');
  }
  if (needed.some((name) => !outputs[name])) {
    throw new NotRunningError(
      'The local system is older than this command. End it and start it again with: npm start',
    );
  }
  const { endpoint, region } = outputs;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return { outputs, settings: { endpoint, region, credentials }, now: await askTime(outputs) };
};
