/** Reads the Lambda functions of the synthesized template. */
import { join } from 'node:path';
import type { Template } from '../../ground/template.ts';

/** The properties that are needed to run a function. */
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

export const functionsOf = (template: Template): readonly LocalFunction[] =>
  template.ofType('AWS::Lambda::Function').map(({ names, properties, metadata }) => {
    const { Variables = {} } = (properties.Environment ?? {}) as {
      readonly Variables?: Record<string, string>;
    };
    return {
      name: names.ref,
      arn: names.attributes.Arn ?? '',
      codeFolder: join(template.folder, String(metadata['aws:asset:path'])),
      handler: String(properties.Handler),
      environment: Variables,
      // The defaults are Lambda's, for functions of an app that leave it to them.
      timeoutSeconds: Number(properties.Timeout ?? 3),
      memoryMb: Number(properties.MemorySize ?? 128),
    };
  });
