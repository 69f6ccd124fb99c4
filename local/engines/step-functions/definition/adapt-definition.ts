/** Rewrites a definition so that the interpreter runs it as AWS does. The console still shows the original. */
import type { JsonObject } from '../../../ground/service.ts';
import type { Definition, StateDefinition } from './check-definition.ts';

/** The field for the start time by the local clock: the interpreter sets `$$.Execution.StartTime` by the real clock. */
export const STARTED_AT = 'StartedAt';

/** Marks a parameter that must still be turned into JSON text. */
const TO_STRING = 'States.JsonToString';
const TO_STRING_CALL = /^States\.JsonToString\((\$[^'(),]*)\)$/;

const mapObject = (value: object, change: (key: string, inner: unknown) => readonly [string, unknown]) =>
  Object.fromEntries(Object.entries(value).map(([key, inner]) => change(key, inner)));

/** Replaces calls of `States.JsonToString` by a mark: the interpreter's version loses every backslash, which breaks the JSON. */
const deferToString = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(deferToString);
  if (typeof value !== 'object' || value === null) return value;
  return mapObject(value, (key, inner) => {
    const path = typeof inner === 'string' ? TO_STRING_CALL.exec(inner)?.[1] : undefined;
    return path !== undefined && key.endsWith('.$')
      ? [key.slice(0, -2), { [`${TO_STRING}.$`]: path }]
      : [key, deferToString(inner)];
  });
};

/** Turns marked parameters into JSON text, after the interpreter has resolved them. */
export const finishParameters = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(finishParameters);
  if (typeof value !== 'object' || value === null) return value;
  return TO_STRING in value
    ? JSON.stringify(value[TO_STRING])
    : mapObject(value, (key, inner) => [key, finishParameters(inner)]);
};

/** Removes a `ResultPath` of `$`, the default, because the interpreter takes it for a field of that name. */
const withoutDefaultPath = <Part extends JsonObject>(part: Part): Part =>
  part.ResultPath === '$'
    ? (Object.fromEntries(Object.entries(part).filter(([field]) => field !== 'ResultPath')) as Part)
    : part;

const adaptState = (name: string, state: StateDefinition): StateDefinition => {
  const { Parameters, Catch, ...rest } = withoutDefaultPath(state);
  const adapted = {
    ...rest,
    ...(Parameters === undefined
      ? {}
      : { Parameters: state.Type === 'Task' ? deferToString(Parameters) : Parameters }),
    ...(Catch === undefined ? {} : { Catch: Catch.map(withoutDefaultPath) }),
  };
  if (JSON.stringify(adapted).includes(`${TO_STRING}(`))
    throw new Error(`state ${name}: ${TO_STRING} works here only in a Task's Parameters, with a path alone`);
  return adapted;
};

/** Throws if a difference of the interpreter from AWS cannot be avoided by rewriting. */
export const adaptDefinition = (definition: Definition): Definition => {
  const text = JSON.stringify(definition).replaceAll('$$.Execution.StartTime', () => `$$.${STARTED_AT}`);
  const { States, ...rest }: Definition = JSON.parse(text);
  return {
    ...rest,
    States: mapObject(States, (name, state) => [name, adaptState(name, state as StateDefinition)]) as Record<
      string,
      StateDefinition
    >,
  };
};
