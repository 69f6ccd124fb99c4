/** The parts that all engines need: template, clock, state and endpoint. */
import { join } from 'node:path';
import type { LoadApp, LocalApp } from '../app/app.ts';
import { type Clock, createClock } from './clock.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';
import { keepPrivate } from './private-folder.ts';
import { openState, type State } from './state.ts';
import type { Template } from './template.ts';
import { createWait, type Wait } from './wait.ts';

export interface GroundOptions {
  /** Where state and logs are kept. */
  readonly folder: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly load: LoadApp;
}

export interface Ground {
  readonly folder: string;
  readonly endpoint: Endpoint;
  readonly app: LocalApp;
  /** The app's. */
  readonly template: Template;
  readonly clock: Clock;
  readonly state: State;
  readonly wait: Wait;
  /** Aborted when the system stops. */
  readonly closing: AbortSignal;
  /** Aborts `closing`, which ends all waits. */
  stopWaiting(): void;
}

const loadAt = async (endpoint: Endpoint, load: LoadApp): Promise<LocalApp> => {
  try {
    return load(endpoint.url);
  } catch (error) {
    await endpoint.close();
    throw error;
  }
};

/** Opens the endpoint first, because the template's values depend on its port. */
export const openGround = async (options: GroundOptions): Promise<Ground> => {
  const { folder, port, load } = options;
  keepPrivate(folder);
  const endpoint = await createEndpoint(port);
  const app = await loadAt(endpoint, load);
  const clock = createClock();
  const closing = new AbortController();
  return {
    folder,
    endpoint,
    app,
    template: app.template,
    clock,
    state: openState(join(folder, 'state')),
    wait: createWait(clock, closing.signal),
    closing: closing.signal,
    stopWaiting: () => closing.abort(),
  };
};
