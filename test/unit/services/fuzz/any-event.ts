/** Events that nobody would send: any JSON, and real events with parts dropped, replaced or put elsewhere. */
import fc from 'fast-check';

type Json = fc.JsonValue;
type Path = readonly (string | number)[];

const isTree = (value: Json): value is Json[] | { [key: string]: Json } =>
  typeof value === 'object' && value !== null;

const pathsOf = (value: Json, path: Path = []): readonly Path[] => {
  if (!isTree(value)) return [path];
  const children = Array.isArray(value)
    ? value.flatMap((child, n) => pathsOf(child, [...path, n]))
    : Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]));
  return [path, ...children];
};

const DROPPED = Symbol('dropped');

/** The tree with the value at the path changed. A value that is dropped is removed with its name. */
const changedAt = (value: Json, path: Path, change: (old: Json) => Json | typeof DROPPED): Json => {
  const [step, ...rest] = path;
  if (step === undefined || !isTree(value)) {
    const changed = change(value);
    return changed === DROPPED ? null : changed;
  }
  const copy = structuredClone(value) as { [key: string]: Json };
  if (rest.length > 0) copy[step] = changedAt(copy[step] ?? null, rest, change);
  else {
    const changed = change(copy[step] ?? null);
    if (changed === DROPPED) delete copy[step];
    else copy[step] = changed;
  }
  return copy as Json;
};

/** Any JSON, now and then with one of these texts in it. */
export const anyJson = (planted: readonly string[]): fc.Arbitrary<Json> => {
  const leaf = fc.oneof(
    fc.constantFrom<Json>(
      ...planted,
      true,
      'resend',
      '__proto__',
      'constructor',
      '',
      '\u0000',
      'x'.repeat(3000),
    ),
    fc.jsonValue({ maxDepth: 0 }),
  );
  const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom('request', 'response', 'session', 'sub', 'email', '__proto__'),
        tie('tree'),
      ),
    ),
  }));
  return tree;
};

/** The event with up to four changes. */
export const mutated = (event: Json, planted: readonly string[]): fc.Arbitrary<Json> => {
  const value = anyJson(planted);
  const change = fc.oneof(
    fc.constant(() => DROPPED),
    value.map((replaced) => () => replaced),
    fc.constantFrom<(old: Json) => Json>(
      (old) => [old],
      (old) => ({ value: old }),
      (old) => JSON.stringify(old),
    ),
  );
  const changes = fc.array(fc.tuple(fc.nat(10_000), change), { minLength: 1, maxLength: 4 });
  return changes.map((list) =>
    list.reduce<Json>((tree, [place, apply]) => {
      const paths = pathsOf(tree);
      return changedAt(tree, paths[place % paths.length] ?? [], apply);
    }, event),
  );
};
