/** The clock of the local system, as its HTTP interface gives it to pages and commands. */
export interface LocalClock {
  /** Epoch milliseconds. */
  readonly now: number;
  /** How many times faster than real time the clock runs. */
  readonly rate: number;
}

/** The path below the local system's root URL. */
const LOCAL_CLOCK_PATH = '_local/clock.json';

/** Where the local system at this URL shows its clock. */
export const localClockAt = (endpoint: string): URL => new URL(LOCAL_CLOCK_PATH, endpoint);

/** Asks the local system; a page asks the server that it comes from. Rejects if that is no local system. */
export const askLocalClock = async (url: string | URL = LOCAL_CLOCK_PATH): Promise<LocalClock> => {
  const response = await fetch(url, { cache: 'no-store' });
  const { now, rate } = (await response.json()) as Partial<LocalClock>;
  if (typeof now !== 'number' || typeof rate !== 'number')
    throw new TypeError('No clock of the local system');
  return { now, rate };
};
