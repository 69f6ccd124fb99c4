/** Where the interpreter departs from AWS, the definition is reworded so that it does not. The shown one stays as it was. */
import type { JsonObject } from '../../../ground/service.ts';
import type { Definition, StateDefinition } from './check-definition.ts';

/** The interpreter sets `$$.Execution.StartTime` itself, by the real clock; ours stands here. */
export const STARTED_AT = 'StartedAt';

/** Marks a parameter that is still to be turned into JSON text. */
const TO_STRING = 'States.JsonToString';
const TO_STRING_CALL = /^States\.JsonToString\((\$[^'(),]*)\)$/;

const mapObject = (value: object, change: (key: string, inner: unknown) => readonly [string, unknown]) =>
  Object.fromEntries(Object.entries(value).map(([key, inner]) => change(key, inner)));

/** The interpreter's intrinsic functions lose every backslash, which breaks JSON text: that call is taken from it. */
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

/** Completes parameters that the interpreter has resolved. */
export const finishParameters = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(finishParameters);
  if (typeof value !== 'object' || value === null) return value;
  return TO_STRING in value
    ? JSON.stringify(value[TO_STRING])
    : mapObject(value, (key, inner) => [key, finishParameters(inner)]);
};

/** The interpreter takes a `ResultPath` of `$`, the default, for a field of that name. */
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

/** Throws where the interpreter's departure cannot be worded around. */
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
