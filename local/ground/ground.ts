/** What all engines stand on. */
import { join } from 'node:path';
import { type Clock, createClock } from './clock.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';
import { openState, type State } from './state.ts';
import { loadTemplate, type Template } from './template.ts';
import { createWait, type Wait } from './wait.ts';

export interface GroundOptions {
  /** Where state and logs are kept. */
  readonly folder: string;
  /** What `cdk synth` wrote. */
  readonly templateFolder: string;
  readonly stackName: string;
  /** 0 takes a free port. */
  readonly port: number;
}

export interface Ground {
  readonly folder: string;
  readonly endpoint: Endpoint;
  readonly template: Template;
  readonly clock: Clock;
  readonly state: State;
  readonly wait: Wait;
  /** Aborted when the system stops. */
  readonly closing: AbortSignal;
  /** Ends all waits, and says so by `closing`. */
  stopWaiting(): void;
}

/** Takes the port first: what is in the template depends on it. */
export const openGround = async (options: GroundOptions): Promise<Ground> => {
  const { folder, templateFolder, stackName, port } = options;
  const endpoint = await createEndpoint(port);
  const clock = createClock();
  const closing = new AbortController();
  return {
    folder,
    endpoint,
    template: loadTemplate(templateFolder, stackName, endpoint.url),
    clock,
    state: openState(join(folder, 'state')),
    wait: createWait(clock, closing.signal),
    closing: closing.signal,
    stopWaiting: () => closing.abort(),
  };
};
