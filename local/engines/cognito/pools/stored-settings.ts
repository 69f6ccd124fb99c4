/** What the state keeps of a pool or of a client: its properties, where they come from, and when they were written. */
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../../ground/service.ts';

/** A property that no request here can have: it stands for one that a newer AWS knows. `path` is dotted. */
export interface UnknownProperty {
  readonly path: string;
  readonly value: unknown;
}

/** Properties are named as in CloudFormation. Times are epoch milliseconds. */
export interface StoredSettings {
  /** The pool's, or the client's. */
  readonly id: string;
  readonly poolId: string;
  readonly origin: 'template' | 'api';
  /** What the template had when it was last read. */
  readonly template?: JsonObject;
  readonly properties: JsonObject;
  readonly unknown: readonly UnknownProperty[];
  /** Tags that AWS itself gives (`aws:…`): no request writes or loses them. */
  readonly systemTags?: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Deleted by the API although the template has it. */
  readonly isDeleted?: boolean;
}

/** Without what JSON cannot have, because one of the two has been stored. */
const plain = (value: unknown): unknown => (value === undefined ? value : JSON.parse(JSON.stringify(value)));

const same = (left: unknown, right: unknown): boolean => isDeepStrictEqual(plain(left), plain(right));

/** Each write has a later time than the one before it, also within a millisecond. */
export const later = (now: number, before: number): number => Math.max(now, before + 1);

/** A property that the template has changed since it was last read wins; every other one stays as the API left it. */
export const followTemplate = (before: JsonObject, template: JsonObject, present: JsonObject): JsonObject => {
  const names = new Set([...Object.keys(before), ...Object.keys(template)]);
  const changed = [...names].filter((name) => !same(before[name], template[name]));
  const kept = Object.entries(present).filter(([name]) => !changed.includes(name));
  const taken = changed.flatMap((name) => (name in template ? [[name, template[name]] as const] : []));
  return Object.fromEntries([...kept, ...taken]);
};

/**
 * What is stored, brought to the template of this start; the same object if nothing has changed. What was deleted comes back once
 * the template changes it.
 */
export const broughtTo = (
  stored: StoredSettings | undefined,
  { id, poolId, template }: { readonly id: string; readonly poolId: string; readonly template: JsonObject },
  now: number,
): StoredSettings => {
  if (stored?.template !== undefined && same(stored.template, template)) return stored;
  const properties =
    stored === undefined || stored.isDeleted === true
      ? template
      : followTemplate(stored.template ?? {}, template, stored.properties);
  const { systemTags } = stored ?? {};
  return {
    id,
    poolId,
    origin: 'template',
    template,
    properties,
    unknown: stored?.unknown ?? [],
    ...(systemTags === undefined ? {} : { systemTags }),
    createdAt: stored?.createdAt ?? now,
    modifiedAt: later(now, stored?.modifiedAt ?? 0),
  };
};
