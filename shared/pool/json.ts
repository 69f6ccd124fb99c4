/** Values as the user pool's API sends them. */

export type Json = Readonly<Record<string, unknown>>;

/** An object; an empty one in place of anything else. */
export const jsonObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

/** The texts of a list; none in place of anything else. */
export const jsonTexts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** What stands at a dotted path; undefined if nothing does. */
export const valueAt = (json: Json, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => jsonObject(value)[name], json) ?? undefined;

/** The object with `value` at a dotted path. Undefined removes what stands there, and the objects that it leaves empty. */
export const withValue = (json: Json, path: string, value: unknown): Json => {
  const [name = '', ...rest] = path.split('.');
  const inner = rest.length === 0 ? value : withValue(jsonObject(json[name]), rest.join('.'), value);
  const isLeftEmpty = rest.length > 0 && value === undefined && Object.keys(jsonObject(inner)).length === 0;
  if (inner !== undefined && !isLeftEmpty) return { ...json, [name]: inner };
  const { [name]: _, ...others } = json;
  return others;
};

/** The value without nulls at any depth: the API means by them what is not there. */
export const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => (one === null ? [] : [[name, withoutNulls(one)]])),
  );
};

/** One text for all forms of a value: no list of the API has an order, and what is empty is as good as absent. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return value.length === 0 ? '' : `[${value.map(canonical).toSorted().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? '');
  const fields = Object.entries(value)
    .map(([name, one]) => [name, canonical(one)] as const)
    .filter(([, text]) => text !== '' && text !== '""')
    .map(([name, text]) => `${JSON.stringify(name)}:${text}`);
  return fields.length === 0 ? '' : `{${fields.toSorted().join()}}`;
};

/** Whether two values mean the same to the API: lists without their order; null, an empty text, list or object as nothing. */
export const isSame = (one: unknown, other: unknown): boolean => {
  const [a, b] = [canonical(one), canonical(other)].map((text) => (text === '""' ? '' : text));
  return a === b;
};
