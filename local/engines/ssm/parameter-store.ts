/** The operations of Parameter Store that functions call, with parameters of the template and those that they make themselves. */
import type { Clock } from '../../ground/clock.ts';
import { AwsError, type JsonObject, type Operations } from '../../ground/service.ts';
import type { Documents, State } from '../../ground/state.ts';
import type { Resource } from '../../ground/template.ts';

interface Parameter {
  readonly type: string;
  readonly value: string;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  /** What the template said when it was last read; missing for one that a function has made. */
  readonly template?: string;
}

const TYPES: readonly unknown[] = ['String', 'StringList'];

/** Characters that a value may have. Intelligent tiering takes the larger tier where it has to. */
const LIMITS: Readonly<Record<string, number>> = {
  Standard: 4_096,
  Advanced: 8_192,
  'Intelligent-Tiering': 8_192,
};

const wrong = (message: string) => new AwsError('ValidationException', message);

const textOf = (name: string, value: unknown): string => {
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(`Value at '${name}' failed to satisfy constraint: must not be empty`);
};

/** A name, also out of the parameter's ARN, in which no slash begins it. */
const nameOf = (value: unknown): string => {
  const given = textOf('name', value);
  const name = given.startsWith('arn:')
    ? given.slice(given.indexOf(':parameter/') + ':parameter'.length)
    : given;
  if (/^[\w./-]+$/.test(name)) return name;
  throw wrong(`The local system has neither versions nor labels of parameters, and no name like ${given}`);
};

const checkSize = (value: string, tier: unknown = 'Standard'): void => {
  const limit = LIMITS[String(tier)];
  if (limit === undefined) throw wrong(`Value '${tier}' at 'tier' is none of ${Object.keys(LIMITS)}`);
  if (value.length <= limit) return;
  throw wrong(`${tier} tier parameters support a maximum parameter value of ${limit} characters.`);
};

const readType = (type: unknown): string => {
  if (type === 'SecureString')
    throw new AwsError('UnsupportedParameterType', 'The local system has no SecureString');
  if (TYPES.includes(type)) return String(type);
  throw wrong(
    type === undefined ? 'A parameter type is required when you create a parameter.' : `No type: ${type}`,
  );
};

/** A value of the template is that of a deployment: it counts where it is new, and else what was written since stays. */
const followTemplate = (stored: Documents<Parameter>, { names, properties }: Resource, now: number): void => {
  const template = String(properties.Value);
  const before = stored.get(names.ref);
  if (before?.template === template) return;
  const type = readType(properties.Type);
  const version = (before?.version ?? 0) + 1;
  stored.put(names.ref, { type, value: template, version, modifiedAt: now, template });
};

export interface ParameterStoreParts {
  /** `AWS::SSM::Parameter`. One that has been deleted comes back at the next start. */
  readonly parameters: readonly Resource[];
  readonly state: State;
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
}

export const createParameterStore = (parts: ParameterStoreParts): Operations => {
  const { parameters, state, clock, region, accountId } = parts;
  const stored: Documents<Parameter> = state.documents('ssm-parameter');
  for (const parameter of parameters) followTemplate(stored, parameter, clock.now());

  const find = (name: string): Parameter => {
    const parameter = stored.get(name);
    if (parameter === undefined) throw new AwsError('ParameterNotFound', `There is no parameter ${name}.`);
    return parameter;
  };
  const describe = (name: string): JsonObject => {
    const { type, value, version, modifiedAt } = find(name);
    return {
      Name: name,
      Type: type,
      Value: value,
      Version: version,
      LastModifiedDate: modifiedAt / 1000,
      ARN: `arn:aws:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`,
      DataType: 'text',
    };
  };
  return {
    GetParameter: ({ Name }) => ({ Parameter: describe(nameOf(Name)) }),
    PutParameter: ({ Name, Value, Type, Overwrite, Tier }) => {
      const name = nameOf(Name);
      const value = textOf('value', Value);
      checkSize(value, Tier);
      const before = stored.get(name);
      if (before !== undefined && Overwrite !== true)
        throw new AwsError('ParameterAlreadyExists', `The parameter ${name} exists; Overwrite changes it.`);
      const type = readType(Type ?? before?.type);
      const version = (before?.version ?? 0) + 1;
      stored.put(name, { ...before, type, value, version, modifiedAt: clock.now() });
      return { Version: version, Tier: value.length > 4_096 ? 'Advanced' : 'Standard' };
    },
    DeleteParameter: ({ Name }) => {
      const name = nameOf(Name);
      find(name);
      stored.delete(name);
      return {};
    },
  };
};
