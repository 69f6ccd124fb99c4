declare module 'asl-validator' {
  interface Validation {
    readonly isValid: boolean;
    /** Every error, one a line. */
    errorsText(): string;
  }
  const validate: (definition: unknown) => Validation;
  export = validate;
}
