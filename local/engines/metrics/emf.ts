/** Reads metrics out of log lines (CloudWatch User Guide, "Specification: Embedded metric format"). */
import { isObject, type JsonObject } from '../../ground/service.ts';
import type { Datum, Dimensions } from './metric.ts';

/** How CloudWatch reads a log line. The text of a problem never has a value of the line. */
export type EmfLine =
  | { readonly kind: 'no-metrics' }
  | { readonly kind: 'metrics'; readonly data: readonly Datum[] }
  | { readonly kind: 'malformed'; readonly problem: string };

const MAX_METRICS = 100;
const MAX_VALUES = 100;
const MAX_DIMENSIONS = 30;
const MAX_NAME_LENGTH = 1024;

class EmfProblem extends Error {
  override readonly name = 'EmfProblem';
}

const readArray = (value: unknown, what: string, max: number): readonly unknown[] => {
  if (!Array.isArray(value)) throw new EmfProblem(`${what} must be an array`);
  if (value.length > max) throw new EmfProblem(`${what} must have at most ${max} elements`);
  return value;
};

const readName = (value: unknown, what: string): string => {
  if (typeof value === 'string' && value !== '' && value.length <= MAX_NAME_LENGTH) return value;
  throw new EmfProblem(`${what} must be a text of 1 to ${MAX_NAME_LENGTH} characters`);
};

/** Returns the member of the root that a directive refers to. */
const member = (root: JsonObject, name: string): unknown =>
  Object.hasOwn(root, name) ? root[name] : undefined;

const readDimensions = (set: unknown, root: JsonObject): Dimensions =>
  Object.fromEntries(
    readArray(set, 'A set of dimensions', MAX_DIMENSIONS).map((reference) => {
      const name = readName(reference, "A dimension's name");
      return [name, readName(member(root, name), `The dimension ${name}`)];
    }),
  );

const readValues = (value: unknown, name: string): readonly number[] => {
  const values = Array.isArray(value) ? readArray(value, `The metric ${name}`, MAX_VALUES) : [value];
  return values.map((number) => {
    if (typeof number !== 'number') throw new EmfProblem(`The metric ${name} must be a number or numbers`);
    return number;
  });
};

const readMetric = (definition: unknown, root: JsonObject) => {
  if (!isObject(definition)) throw new EmfProblem('The definition of a metric must be an object');
  const name = readName(definition.Name, "A metric's name");
  const unit = definition.Unit === undefined ? 'None' : readName(definition.Unit, `The unit of ${name}`);
  return { name, unit, values: readValues(member(root, name), name) };
};

const readDirective = (directive: unknown, root: JsonObject, at: number): readonly Datum[] => {
  if (!isObject(directive)) throw new EmfProblem('A directive must be an object');
  const namespace = readName(directive.Namespace, 'Namespace');
  const sets = readArray(directive.Dimensions, 'Dimensions', Number.POSITIVE_INFINITY);
  const metrics = readArray(directive.Metrics, 'Metrics', MAX_METRICS).map((it) => readMetric(it, root));
  return sets
    .map((set) => readDimensions(set, root))
    .flatMap((dimensions) => metrics.map((metric) => ({ namespace, dimensions, at, ...metric })));
};

const readRoot = (root: JsonObject, { CloudWatchMetrics, Timestamp }: JsonObject): readonly Datum[] => {
  if (typeof Timestamp !== 'number' || !Number.isInteger(Timestamp) || Timestamp < 0) {
    throw new EmfProblem('Timestamp must be a number of milliseconds');
  }
  const directives = readArray(CloudWatchMetrics, 'CloudWatchMetrics', Number.POSITIVE_INFINITY);
  return directives.flatMap((directive) => readDirective(directive, root, Timestamp));
};

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/** Returns all metrics of a line. If any part of it is wrong, it returns none. */
export const readEmf = (line: string): EmfLine => {
  // Most lines have no metrics, and parsing them is expensive.
  if (!line.includes('"CloudWatchMetrics"')) return { kind: 'no-metrics' };
  const root = parse(line);
  if (!isObject(root)) return { kind: 'malformed', problem: 'The line is not a JSON object' };
  const metadata = root._aws;
  if (!isObject(metadata) || metadata.CloudWatchMetrics === undefined) return { kind: 'no-metrics' };
  try {
    return { kind: 'metrics', data: readRoot(root, metadata) };
  } catch (error) {
    if (error instanceof EmfProblem) return { kind: 'malformed', problem: error.message };
    throw error;
  }
};
