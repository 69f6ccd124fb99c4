/** Reads the Lambda functions of the synthesized template. */
import type { Template } from '../../ground/template.ts';
import { functionCodeOf, unpack } from './code/function-code.ts';

/** The properties that are needed to run a function. */
export interface LocalFunction {
  readonly name: string;
  readonly arn: string;
  /** The folder that holds the bundle. */
  readonly codeFolder: string;
  /** File and export, for instance `index.handler`. */
  readonly handler: string;
  /** Lambda's name for its version of Node.js: `nodejs24.x`. */
  readonly runtime: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** At most so many run at once; undefined if none are reserved. */
  readonly reservedConcurrency?: number;
}

/** That of the project's own functions. */
export const OUR_RUNTIME = 'nodejs24.x';

/** Writes the code of the functions that do not have it in a folder of the assembly. */
export const unpackFunctions = (template: Template): void => {
  for (const resource of template.ofType('AWS::Lambda::Function')) {
    const code = functionCodeOf(resource);
    if (code !== undefined) unpack(code);
  }
};

export const functionsOf = (template: Template): readonly LocalFunction[] =>
  template.ofType('AWS::Lambda::Function').map((resource) => {
    const { names, properties } = resource;
    const { ReservedConcurrentExecutions: reserved } = properties;
    const { Variables = {} } = (properties.Environment ?? {}) as {
      readonly Variables?: Record<string, string>;
    };
    return {
      name: names.ref,
      arn: names.attributes.Arn ?? '',
      codeFolder: functionCodeOf(resource)?.folder ?? '',
      handler: String(properties.Handler),
      runtime: String(properties.Runtime ?? OUR_RUNTIME),
      environment: Variables,
      // The defaults are Lambda's, for functions of an app that leave it to them.
      timeoutSeconds: Number(properties.Timeout ?? 3),
      memoryMb: Number(properties.MemorySize ?? 128),
      ...(reserved !== undefined && { reservedConcurrency: Number(reserved) }),
    };
  });
