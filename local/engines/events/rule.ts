/** A rule of the template, checked and ready. What does not work here is refused when the system starts. */
import { isObject, type JsonObject } from '../../ground/service.ts';
import type { Resource } from '../../ground/template.ts';
import { compilePattern, type Matches } from './pattern.ts';
import { compileInput, type InputOf } from './target-input.ts';

export interface Target {
  /** A function's. */
  readonly arn: string;
  readonly inputOf: InputOf;
}

export interface Rule {
  readonly arn: string;
  readonly enabled: boolean;
  /** None for a rule that only has a schedule. */
  readonly matches?: Matches;
  /** Shown milliseconds between runs. None for a rule without a schedule. */
  readonly everyMs?: number;
  readonly targets: readonly Target[];
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Reads `rate(5 minutes)` as milliseconds. Throws for every other expression, `cron(…)` among them; as on AWS, for `1 minutes` too. */
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
/** An invocation is always accepted here, so what is said for the case that it is not has no effect. */
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

/** There is no CloudTrail here, so a rule for its events alone can never match, whatever else it asks for. */
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
