/** Writes times in the zone that the reader has chosen, and the zone beside each. All times are epoch milliseconds. */

/** `local` is the zone of the reader's machine. */
export type Zone = 'utc' | 'local';

/** `dateTime`: `15 Jan 2025, 12:00:01 UTC`. `clock`: `12:00:01 UTC`. `exact`: `12:00:01.203 UTC`. `minute`: `12:00`, for an axis that names its zone. */
export type TimeForm = 'dateTime' | 'clock' | 'exact' | 'minute';

const DATE: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };
const MINUTE: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const SECOND: Intl.DateTimeFormatOptions = { ...MINUTE, second: '2-digit' };

const UNKNOWN = 'at an unknown time';

const inZone = (zone: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormatOptions =>
  zone === 'utc' ? { ...options, timeZone: 'UTC' } : options;

const timeWith = (at: number, zone: Zone, options: Intl.DateTimeFormatOptions): string =>
  new Date(at).toLocaleTimeString('en-GB', inZone(zone, options));

/** `15 Jan 2025`. */
export const dayIn = (at: number, zone: Zone): string =>
  new Date(at).toLocaleDateString('en-GB', inZone(zone, DATE));

/** `UTC`, or the short name of the reader's zone at this time, such as `CET` or `GMT+2`. */
export const zoneName = (at: number, zone: Zone): string => {
  if (zone === 'utc') return 'UTC';
  const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'local';
};

/** A fact may have a time that nobody can read. */
export const timeIn = (at: number, form: TimeForm, zone: Zone): string => {
  if (!Number.isFinite(at)) return UNKNOWN;
  switch (form) {
    case 'dateTime':
      return `${dayIn(at, zone)}, ${timeIn(at, 'clock', zone)}`;
    case 'clock':
      return `${timeWith(at, zone, SECOND)} ${zoneName(at, zone)}`;
    case 'exact':
      return `${timeWith(at, zone, { ...SECOND, fractionalSecondDigits: 3 })} ${zoneName(at, zone)}`;
    case 'minute':
      return timeWith(at, zone, MINUTE);
  }
};

const UTC_TIME = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/g;

/** Writes the times of a sentence, which has them as `2025-01-15 12:15:00` in UTC, in this zone. */
export const sentenceIn = (sentence: string, zone: Zone): string =>
  sentence.replace(UTC_TIME, (_, day: string, time: string) =>
    timeIn(Date.parse(`${day}T${time}Z`), 'dateTime', zone),
  );
