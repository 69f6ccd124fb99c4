/** A Lambda function of the synthesized template, as far as running it needs. */
export interface LocalFunction {
  readonly name: string;
  readonly arn: string;
  /** The asset folder that holds the bundle. */
  readonly codeFolder: string;
  /** File and export, for instance `index.handler`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}
