/**
 * A failure whose text the caller may read: the user (Cognito shows the errors of triggers) or the workflow. `name` is
 * always a literal, because Step Functions matches it and minifiers rename classes.
 */
export class ReportedError extends Error {
  override readonly name: string;

  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}
