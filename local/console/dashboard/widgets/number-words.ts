/** Measured values in words. */

const NUMBER = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** `1,234.57`; a dash where there is none. */
export const numberWords = (value: number | null | undefined): string =>
  value === undefined || value === null ? '–' : NUMBER.format(value);
