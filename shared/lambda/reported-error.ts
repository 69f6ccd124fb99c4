/**
 * A failure whose text may be read by the caller: the user (Cognito passes trigger errors on) or the workflow.
 * `name` is always a literal, because Step Functions matches on it and minifiers rename classes.
 */
export class ReportedError extends Error {
  override readonly name: string;

  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}
