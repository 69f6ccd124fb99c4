/** A statement of a policy that denies, as far as these tests have to understand it. */
export interface Denial {
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Whether the statement applies to a call with these keys: each `…NotEquals` holds for a key that is absent, as in IAM. */
export const isDenied = (
  { Condition = {} }: Denial = {},
  call: Readonly<Record<string, string | undefined>>,
): boolean =>
  Object.entries(Condition).every(([operator, keys]) => {
    if (!operator.endsWith('NotEquals')) throw new Error(`${operator} is not understood here`);
    return Object.entries(keys).every(([key, values]) => ![values].flat().includes(call[key]));
  });
