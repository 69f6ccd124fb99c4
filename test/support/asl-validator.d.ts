declare module 'asl-validator' {
  interface Validation {
    readonly isValid: boolean;
    /** All errors, one on each line. */
    errorsText(): string;
  }
  const validate: (definition: unknown) => Validation;
  export = validate;
}
