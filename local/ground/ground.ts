/** The parts that all engines need: template, clock, state and endpoint. */
import { join } from 'node:path';
import { type Clock, createClock } from './clock.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';
import { keepPrivate } from './private-folder.ts';
import { openState, type State } from './state.ts';
import { loadTemplate, type Template } from './template.ts';
import { createWait, type Wait } from './wait.ts';

export interface GroundOptions {
  /** Where state and logs are kept. */
  readonly folder: string;
  /** The folder that `cdk synth` wrote. */
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
  /** Aborts `closing`, which ends all waits. */
  stopWaiting(): void;
}

/** Opens the endpoint first, because the template's values depend on its port. */
export const openGround = async (options: GroundOptions): Promise<Ground> => {
  const { folder, templateFolder, stackName, port } = options;
  keepPrivate(folder);
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
