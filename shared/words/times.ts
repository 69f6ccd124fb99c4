/** Durations in words. */

/** `40 ms`, `1.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export const duration = (ms: number): string => {
  const milliseconds = Math.max(0, Math.round(ms));
  if (milliseconds < 1_000) return `${milliseconds} ms`;
  if (milliseconds < 9_950) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return joined(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
};

const joined = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
