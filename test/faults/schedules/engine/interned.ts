/** Values that are compared by what they hold: equal ones have the same number, so that equal states are found by a short key. */
export interface Interned<T> {
  numberOf(value: T): number;
  at(number: number): T;
}

export const createInterned = <T>(keyOf: (value: T) => string = JSON.stringify): Interned<T> => {
  const numbers = new Map<string, number>();
  const values: T[] = [];
  return {
    numberOf: (value) => {
      const key = keyOf(value);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, values.length);
      return values.push(value) - 1;
    },
    at: (number) => {
      if (number >= values.length) throw new Error(`Nothing has the number ${number}`);
      return values[number] as T;
    },
  };
};
