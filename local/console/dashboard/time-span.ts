/** The ranges of time that the page offers. */

export interface TimeSpan {
  /** The name in the page's address. */
  readonly name: string;
  readonly ms: number;
  /** The words that follow "in the last". */
  readonly words: string;
}

const MINUTE_MS = 60_000;

const HOUR: TimeSpan = { name: '1h', ms: 60 * MINUTE_MS, words: 'hour' };

export const TIME_SPANS: readonly TimeSpan[] = [
  { name: '15m', ms: 15 * MINUTE_MS, words: '15 minutes' },
  HOUR,
  { name: '3h', ms: 180 * MINUTE_MS, words: '3 hours' },
  { name: '1d', ms: 1440 * MINUTE_MS, words: 'day' },
];

/** Returns the range of this name, or an hour for an unknown name. */
export const timeSpan = (name: string | null): TimeSpan =>
  TIME_SPANS.find((span) => span.name === name) ?? HOUR;
