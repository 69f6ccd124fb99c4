/** The time of the local system: real time, or real time made faster and shifted, so that an hour can be tested in a second. */

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
  /** How long to wait in real milliseconds until `ms` of shown time have passed. */
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
