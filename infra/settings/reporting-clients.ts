/** The setting `reportingClients`: the app clients that get tokens without a code until a date. */
import { Token } from 'aws-cdk-lib';
import { type ReportingClients, writeReportingClients } from '../../shared/clients/reporting-clients.ts';
import { writeWrongSettings } from '../../shared/messages/stack/wrong-settings.ts';
import { SettingsError } from './settings.ts';

/** As Cognito's API has it. */
const CLIENT_ID = /^[\w+]{1,128}$/;

const DATE = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * Days from the synthesis. Longer is no migration but a client that needs no code, which the date hides. A date that was near
 * enough once stays so, whenever the app is synthesized again.
 */
const MAX_DAYS = 366;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Bytes. Lambda takes 4 KB for all variables of a function, and the others of the guard need less than one of them. */
const MAX_BYTES = 3000;

const ENTRY = ['until', 'reason'];

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;

/** Whether the day is in the calendar. `Date` takes 30 February for 2 March. */
const isDay = (day: string): boolean => {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
};

/** Epoch milliseconds; a date alone is its first moment in UTC. Undefined if it is neither. */
export const readTime = (given: unknown): number | undefined => {
  if (typeof given !== 'string' || !isDay(given.slice(0, 10))) return undefined;
  const time = DATE.test(given) ? `${given}T00:00:00Z` : TIME.test(given) ? given : '';
  const at = Date.parse(time);
  return Number.isNaN(at) ? undefined : at;
};

/** What is wrong with a time until which something is allowed, after its name; undefined if nothing is. `now` in epoch milliseconds. */
export const timeProblem = (given: unknown, now: number): string | undefined => {
  const until = readTime(given);
  if (until === undefined)
    return 'must be a date such as 2027-03-31, which begins in UTC, or a time with its zone such as 2027-03-31T18:00:00+02:00';
  return until > now + MAX_DAYS * DAY_MS
    ? `must be at most ${MAX_DAYS} days away; a client that needs no code for longer is not one to report`
    : undefined;
};

const problemsOf = (id: string, given: unknown, now: number): readonly string[] => {
  if (Token.isUnresolved(id) || !CLIENT_ID.test(id))
    return ['must have the id of an app client as its name, written out, not a reference to the client'];
  const entry = fieldsOf(given);
  if (entry === undefined) return ['must have an until and a reason'];
  const { until, reason } = entry;
  const isReason = typeof reason === 'string' && reason.trim() !== '';
  const unknown = Object.keys(entry).filter((name) => !ENTRY.includes(name));
  const wrongTime = timeProblem(until, now);
  return [
    wrongTime && `until ${wrongTime}`,
    isReason ? undefined : 'reason must say why the client cannot ask for codes yet',
    ...unknown.map((name) => `${name} is not known here; there are until and reason`),
  ].filter((problem) => problem !== undefined);
};

/**
 * Reads the prop `reportingClients`: by client id, `until` and `reason`. Returns each `until` in UTC; one that is past stays, as
 * it is what refuses the client's refresh tokens. `now` is in epoch milliseconds. Throws `SettingsError`, which names every
 * problem.
 */
export const readReportingClients = (given: unknown, now = Date.now()): ReportingClients => {
  const clients = fieldsOf(given ?? {});
  if (clients === undefined)
    throw new SettingsError(writeWrongSettings(['reportingClients must be an object by client id']));
  const problems = Object.entries(clients).flatMap(([id, entry]) =>
    problemsOf(id, entry, now).map((problem) => `reportingClients: ${id} ${problem}`),
  );
  if (problems.length > 0) throw new SettingsError(writeWrongSettings(problems));
  const reporting = Object.fromEntries(
    Object.entries(clients).map(([id, entry]) => {
      const until = readTime(fieldsOf(entry)?.until) ?? 0;
      return [id, { until: new Date(until).toISOString() }];
    }),
  );
  const bytes = Buffer.byteLength(writeReportingClients(reporting));
  if (bytes > MAX_BYTES)
    throw new SettingsError(
      writeWrongSettings([
        `reportingClients must fit into ${MAX_BYTES} bytes of the guard's environment, which are about 50 clients; these need ${bytes}`,
      ]),
    );
  return reporting;
};
