/** The TIMESTAMP of PASSWORD_VERIFIER: Java's `EEE MMM d HH:mm:ss z yyyy` in English and UTC. */

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const FORM = new RegExp(
  `^(?:${DAYS.join('|')}) (${MONTHS.join('|')}) (\\d{1,2}) (\\d{1,2}):(\\d{1,2}):(\\d{1,2}) UTC (\\d{4})$`,
);

/**
 * Returns the timestamp as Cognito would write it, or undefined if it cannot be read. Cognito computes the proof over what
 * it has read, so a padded day, a wrong weekday or a 31 November makes the right password a wrong one.
 */
export const canonicalTimestamp = (text: string): string | undefined => {
  const [, month = '', ...numbers] = FORM.exec(text) ?? [];
  if (month === '') return undefined;
  const [day = 0, hour = 0, minute = 0, second = 0, year = 0] = numbers.map(Number);
  const time = new Date(Date.UTC(year, MONTHS.indexOf(month), day, hour, minute, second));
  const [clock] = time.toISOString().slice(11).split('.');
  return `${DAYS[time.getUTCDay()]} ${MONTHS[time.getUTCMonth()]} ${time.getUTCDate()} ${clock} UTC ${time.getUTCFullYear()}`;
};
