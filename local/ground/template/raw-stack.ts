/** A stack as it was synthesized: its template unread, and what a deployment would know about it. */
import type { JsonObject } from '../service.ts';

export interface RawResource {
  readonly Type: string;
  readonly Properties?: JsonObject;
  readonly Metadata?: JsonObject;
  readonly Condition?: string;
}

export interface RawOutput {
  readonly Value: unknown;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

/** What is not said of it is not checked. A pattern, a length or a bound may be a text or a number. */
export interface RawParameter {
  readonly Type?: string;
  readonly Default?: unknown;
  readonly AllowedValues?: readonly unknown[];
  readonly AllowedPattern?: string;
  readonly MinLength?: number | string;
  readonly MaxLength?: number | string;
  readonly MinValue?: number | string;
  readonly MaxValue?: number | string;
  readonly ConstraintDescription?: string;
}

export interface RawTemplate {
  readonly Resources: Readonly<Record<string, RawResource>>;
  readonly Outputs?: Readonly<Record<string, RawOutput>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  readonly Parameters?: Readonly<Record<string, RawParameter>>;
}

/** Where the code of a stack's functions is. */
export interface Assets {
  /** The folder to which the paths in the template's metadata are relative. */
  readonly folder: string;
  /** Each file or folder by the end of its key in S3. */
  readonly byKey: Readonly<Record<string, string>>;
  /** The folder for code that is not in a folder yet. */
  readonly unpacked: string;
}

export interface RawStack {
  /** Different for each stack of an app. */
  readonly id: string;
  /** What CloudFormation would call it. */
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  readonly template: RawTemplate;
  readonly assets: Assets;
  /** Values for parameters, in place of their defaults. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The stack that makes this one, and the resource by which it does. */
  readonly parent?: { readonly id: string; readonly logicalId: string };
  /** Begins the physical names of what the stack makes, so that two stacks of an app have nothing in common. */
  readonly namePrefix: string;
}
