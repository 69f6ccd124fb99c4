/** Properties that a newer AWS would have: how they are shown, and how an update loses them. */
import type { JsonObject } from '../../../ground/service.ts';
import { record } from '../properties.ts';
import type { UnknownProperty } from './stored-settings.ts';

const put = (target: JsonObject, [name = '', ...rest]: readonly string[], value: unknown): JsonObject => ({
  ...target,
  [name]: rest.length === 0 ? value : put(record(target[name]), rest, value),
});

export const withUnknown = (described: JsonObject, unknown: readonly UnknownProperty[]): JsonObject =>
  unknown.reduce((shown, { path, value }) => put(shown, path.split('.'), value), described);

const valueAt = (input: JsonObject, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => record(value)[name], input);

/** An update loses those that its request does not have, like any other property. */
export const keptUnknown = (
  unknown: readonly UnknownProperty[],
  input: JsonObject,
): readonly UnknownProperty[] =>
  unknown.flatMap(({ path }) => {
    const value = valueAt(input, path) ?? undefined;
    return value === undefined ? [] : [{ path, value }];
  });
