/** Reads and checks the rules of the template. The system does not start with a rule that does not work here. */
import { isObject, type JsonObject } from '../../ground/service.ts';
import type { Resource } from '../../ground/template.ts';
import { compilePattern, type Matches } from './pattern.ts';
import { compileInput, type InputOf } from './target-input.ts';

export interface Target {
  /** The ARN of a function. */
  readonly arn: string;
  readonly inputOf: InputOf;
}

export interface Rule {
  readonly arn: string;
  readonly enabled: boolean;
  /** Undefined for a rule that only has a schedule. */
  readonly matches?: Matches;
  /** Shown milliseconds between two runs. Undefined for a rule without a schedule. */
  readonly everyMs?: number;
  readonly targets: readonly Target[];
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Reads `rate(5 minutes)` as milliseconds. Throws for any other expression, such as `cron(…)`, and like AWS for `1 minutes`. */
export const parseRate = (expression: unknown): number => {
  const [, count, unit = '', plural] =
    /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(String(expression)) ?? [];
  const unitMs = UNIT_MS[unit];
  if (unitMs === undefined || (count === '1') === (plural === 's'))
    throw new Error(`the schedule ${expression} does not work here; rate(1 minute) or rate(2 hours) would`);
  return Number(count) * unitMs;
};

const RULE_PROPERTIES = [
  'Name',
  'Description',
  'EventBusName',
  'EventPattern',
  'ScheduleExpression',
  'State',
  'Tags',
  'Targets',
];
/** Invocations are always accepted here, so the properties for a refused one are allowed but have no effect. */
const TARGET_PROPERTIES = [
  'Id',
  'Arn',
  'Input',
  'InputPath',
  'InputTransformer',
  'RetryPolicy',
  'DeadLetterConfig',
];

const checkNames = (properties: JsonObject, known: readonly string[]): void => {
  const unknown = Object.keys(properties).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')} does not work here`);
};

const readTarget = (target: JsonObject, functionArns: readonly string[]): Target => {
  checkNames(target, TARGET_PROPERTIES);
  const arn = String(target.Arn);
  if (!functionArns.includes(arn)) throw new Error(`the target ${arn} is not a function of the template`);
  return { arn, inputOf: compileInput(target) };
};

const read = ({ names, properties }: Resource, functionArns: readonly string[]): Rule => {
  checkNames(properties, RULE_PROPERTIES);
  const { EventBusName = 'default', EventPattern, ScheduleExpression, State = 'ENABLED' } = properties;
  if (EventBusName !== 'default') throw new Error(`there is no event bus ${EventBusName}`);
  if (EventPattern === undefined && ScheduleExpression === undefined)
    throw new Error('it has neither EventPattern nor ScheduleExpression');
  const targets = (properties.Targets ?? []) as readonly JsonObject[];
  return {
    arn: names.attributes.Arn ?? '',
    enabled: State !== 'DISABLED',
    ...(EventPattern !== undefined && { matches: compilePattern(EventPattern) }),
    ...(ScheduleExpression !== undefined && { everyMs: parseRate(ScheduleExpression) }),
    targets: targets.map((target) => readTarget(target, functionArns)),
  };
};

/** Returns true for a rule that matches only events of CloudTrail. Without CloudTrail it never matches here. */
export const isForCloudTrail = ({ properties }: Resource): boolean => {
  const { EventPattern } = properties;
  const types = isObject(EventPattern) ? EventPattern['detail-type'] : undefined;
  return Array.isArray(types) && types.length === 1 && types[0] === 'AWS API Call via CloudTrail';
};

/** Throws an error that names the rule and says what is wrong with it. */
export const readRule = (resource: Resource, functionArns: readonly string[]): Rule => {
  try {
    return read(resource, functionArns);
  } catch (error) {
    throw new Error(`Rule ${resource.names.ref}: ${(error as Error).message}`, { cause: error });
  }
};
