/** The parts of dynalite that need no server: what it checks of a request, and what each operation does to a store. */
declare module 'dynalite/validations/*.js' {
  /** What a request of the operation may have. */
  const validation: { readonly types: object; readonly custom?: (data: object) => string | undefined };
  export = validation;
}

declare module 'dynalite/validations/index.js' {
  /** Returns the fields that the types name. */
  export const checkTypes: (data: object, types: object) => Record<string, unknown>;
  /** Parses the expressions of the request. Throws DynamoDB's ValidationException. */
  export const checkValidations: (
    data: object,
    types: object,
    custom: ((data: object) => string | undefined) | undefined,
    store: object,
  ) => void;
}

declare module 'dynalite/actions/*.js' {
  const action: (
    store: object,
    data: object,
    done: (error: unknown, output: Record<string, unknown>) => void,
  ) => void;
  export = action;
}

declare module 'dynalite/db/index.js' {
  export const matchesExprFilter: (item: object, expression: unknown) => boolean;
  export const createKey: (item: object, table: object, keySchema?: object) => string;
  export const createIndexKey: (item: object, table: object, keySchema: object) => string;
}
