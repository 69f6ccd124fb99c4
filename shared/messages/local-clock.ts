/** The clock of the local system, as its HTTP interface gives it to pages and commands. */
export interface LocalClock {
  /** Epoch milliseconds. */
  readonly now: number;
  /** How many times faster than real time the clock runs. */
  readonly rate: number;
}

/** The path below the local system's root URL. */
export const LOCAL_CLOCK_PATH = '_local/clock.json';
