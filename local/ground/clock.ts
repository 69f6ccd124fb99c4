/** The clock of the local system. It can be faster than real time and shifted, so that an hour can be tested in a second. */

/** `shown = shownAnchor + (real - realAnchor) * rate`; all times in epoch milliseconds. */
export interface ClockSettings {
  readonly realAnchor: number;
  readonly shownAnchor: number;
  readonly rate: number;
}

export interface Clock {
  /** Epoch milliseconds as the local system sees them. */
  now(): number;
  settings(): ClockSettings;
  /** Moves the clock by `offsetMs` and lets it run `rate` times as fast from now on. */
  adjust(change: { readonly offsetMs?: number; readonly rate?: number }): void;
  /** Returns the real milliseconds in which `ms` of shown time pass. */
  realDuration(ms: number): number;
}

export const createClock = (): Clock => {
  const start = Date.now();
  let settings: ClockSettings = { realAnchor: start, shownAnchor: start, rate: 1 };
  const now = () => settings.shownAnchor + (Date.now() - settings.realAnchor) * settings.rate;
  return {
    now: () => Math.floor(now()),
    settings: () => settings,
    adjust: ({ offsetMs = 0, rate = settings.rate }) => {
      settings = { realAnchor: Date.now(), shownAnchor: now() + offsetMs, rate };
    },
    realDuration: (ms) => ms / settings.rate,
  };
};
