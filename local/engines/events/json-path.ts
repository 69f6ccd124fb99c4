/** Reads EventBridge's paths: dots, array indices, and names of letters, digits, dashes, underscores and slashes. */

/** Returns the value at the path, or undefined if there is none. */
export type ReadPath = (value: unknown) => unknown;

const PATH = /^\$(?:\.[\w/-]+|\[\d+\])*$/;
const STEP = /[\w/-]+/g;

const step = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

/** Throws if the path has anything else, for instance a wildcard. */
export const compilePath = (path: unknown): ReadPath => {
  if (typeof path !== 'string' || !PATH.test(path))
    throw new Error(`the path ${JSON.stringify(path)} does not work here`);
  const names = path.match(STEP) ?? [];
  return (value) => names.reduce(step, value);
};
