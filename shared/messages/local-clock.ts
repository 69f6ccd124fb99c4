/** The clock of the local system, as its own interface tells of it to pages and commands. */
export interface LocalClock {
  /** Epoch milliseconds. */
  readonly now: number;
  /** How many times as fast as real time it runs. */
  readonly rate: number;
}

/** From the local system's root. */
export const LOCAL_CLOCK_PATH = '_local/clock.json';
