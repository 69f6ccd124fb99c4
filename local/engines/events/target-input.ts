/** Makes a target's input: the event, a part of it, a constant, or a template filled with parts of it. */
import { isObject, type JsonObject } from '../../ground/service.ts';
import { compilePath, type ReadPath } from './json-path.ts';

export type InputOf = (event: JsonObject) => unknown;

/** A string of JSON, or a variable outside of one. */
const STRING_OR_VARIABLE = /"(?:[^"\\]|\\.)*"|<([\w.-]+)>/g;
const VARIABLE = /<([\w.-]+)>/g;

const parse = (what: string, json: unknown): unknown => {
  try {
    return JSON.parse(String(json));
  } catch {
    throw new Error(`${what} is not JSON`);
  }
};

/** Returns a value for use within a string. An object or array loses its quotes (EventBridge User Guide). */
const asText = (value: unknown): string => {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', '');
  return JSON.stringify(text).slice(1, -1);
};

const fill = (template: string, read: (variable: string) => unknown): string =>
  template.replace(STRING_OR_VARIABLE, (part, variable?: string) =>
    variable === undefined
      ? part.replace(VARIABLE, (_, inner: string) => asText(read(inner)))
      : JSON.stringify(read(variable) ?? null),
  );

const compileTransformer = ({ InputPathsMap = {}, InputTemplate }: JsonObject): InputOf => {
  const template = String(InputTemplate);
  const paths = new Map(
    Object.entries(InputPathsMap as JsonObject).map(([name, path]): [string, ReadPath] => [
      name,
      compilePath(path),
    ]),
  );
  const read = (variable: string, event: JsonObject): unknown => {
    const path = paths.get(variable);
    if (path === undefined)
      throw new Error(`InputTemplate has <${variable}>, which InputPathsMap does not define`);
    return path(event);
  };
  const inputOf = (event: JsonObject) =>
    parse(
      'InputTemplate',
      fill(template, (variable) => read(variable, event)),
    );
  inputOf({}); // Throws if the template has an error; an empty event is enough for that.
  return inputOf;
};

/** Throws an error that says what does not work here. */
export const compileInput = ({ Input, InputPath, InputTransformer }: JsonObject): InputOf => {
  if ([Input, InputPath, InputTransformer].filter((one) => one !== undefined).length > 1)
    throw new Error('a target has one of Input, InputPath and InputTransformer');
  if (InputTransformer !== undefined)
    return compileTransformer(isObject(InputTransformer) ? InputTransformer : {});
  if (InputPath !== undefined) return compilePath(InputPath);
  if (Input === undefined) return (event) => event;
  const constant = parse('Input', Input);
  return () => constant;
};
