/** The values of faults: reads them, checks them and writes them in words. */
import { AwsError, type JsonObject } from '../ground/service.ts';
import { FAULT_ROWS, FAULTS, type Fault, type FaultName, type Faults } from './fault-table.ts';

const NAMES = FAULT_ROWS.map(({ name }) => name);

const faultOf = (name: FaultName): Fault => FAULTS[name];

export const NO_FAULTS = Object.fromEntries(
  FAULT_ROWS.map(({ name, number }) => [name, number?.off ?? false]),
) as Faults;

const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);

const problemOf = (name: string, value: unknown): string | undefined => {
  if (!isFaultName(name)) return `${name} is not a fault; the faults are ${NAMES.join(', ')}`;
  const { number } = faultOf(name);
  if (number === undefined) return typeof value === 'boolean' ? undefined : `${name} must be true or false`;
  const { min, max } = number;
  const isValid = Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
  return isValid ? undefined : `${name} must be a whole number from ${min} to ${max}`;
};

/** Reads the faults that `input` sets. Throws a `ValidationException` that names every problem. */
export const readFaults = (input: JsonObject): Partial<Faults> => {
  const problems = Object.entries(input)
    .map(([name, value]) => problemOf(name, value))
    .filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new AwsError('ValidationException', problems.join('; '));
  return input as Partial<Faults>;
};

const parseValue = (text: string): unknown => {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d{1,9}$/.test(text) ? Number(text) : text;
};

/** Does the same as `readFaults` with the texts of a command line. */
export const parseFaults = (texts: Readonly<Record<string, string>>): Partial<Faults> =>
  readFaults(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, parseValue(text)])));

/** The faults that are on. */
export const faultsOn = (faults: Faults): Partial<Faults> =>
  Object.fromEntries(
    NAMES.filter((name) => faults[name] !== NO_FAULTS[name]).map((name) => [name, faults[name]]),
  );

/** For instance `seconds, 0 to 60`. */
export const allowedValues = ({ number }: Fault): string =>
  number === undefined ? 'true or false' : `${number.label.toLowerCase()}, ${number.min} to ${number.max}`;

/** One line for each fault, for the help of a command line. */
export const FAULT_HELP: readonly string[] = FAULT_ROWS.map(
  (row) => `${row.name.padEnd(24)} ${row.title} (${allowedValues(row)})`,
);
