/** Takes an event apart into its values, as AWS's engine does before it looks for a pattern. */
import { isObject, type JsonObject } from '../../ground/service.ts';

/** In which element of each array a value is, by the number of the array. Texts and numbers of one array belong together. */
export type Membership = ReadonlyMap<number, number>;

export interface EventField {
  /** The names that lead to the value, joined by dots. Arrays add nothing to it. */
  readonly path: string;
  /** A text, a number, a boolean or null. */
  readonly value: unknown;
  readonly membership: Membership;
}

/** An empty object or array has no values, so it is as if it were not there. */
export const fieldsOf = (event: JsonObject): readonly EventField[] => {
  const fields: EventField[] = [];
  let arrays = 0;
  const visit = (value: unknown, path: string, membership: Membership): void => {
    if (Array.isArray(value)) {
      const array = arrays++;
      for (const [n, element] of value.entries()) {
        const isInner = typeof element === 'object' && element !== null;
        visit(element, path, isInner ? new Map([...membership, [array, n]]) : membership);
      }
    } else if (isObject(value)) {
      for (const [name, inner] of Object.entries(value)) {
        visit(inner, path === '' ? name : `${path}.${name}`, membership);
      }
    } else if (value !== undefined) fields.push({ path, value, membership });
  };
  visit(event, '', new Map());
  return fields;
};

/** Both together, or undefined if they are in different elements of one array. */
export const join = (one: Membership, other: Membership): Membership | undefined =>
  [...one].every(([array, n]) => (other.get(array) ?? n) === n) ? new Map([...one, ...other]) : undefined;
