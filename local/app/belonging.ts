/** Decides which resources of an app belong to an `EmailOtp`: what it needs, and what works for it. */
import { CALLED_BY_GUARD } from '../engines/cognito/absent-triggers.ts';
import { UNCALLED_TRIGGERS } from '../engines/cognito/known-properties.ts';
import { unsupportedByFunction } from '../engines/lambda/code/unsupported.ts';
import { unsupportedByQueue } from '../engines/sqs/queue.ts';
import { isObject } from '../ground/service.ts';
import type { RawStack } from '../ground/template/raw-stack.ts';
import type { Resolver } from '../ground/template/resolver.ts';
import { resourceOf } from '../ground/template.ts';
import { helpersOf } from './helpers.ts';
import { keyOf, type Node, type ReferencesIn } from './references.ts';

const FUNCTION = 'AWS::Lambda::Function';
const QUEUE = 'AWS::SQS::Queue';
const POOL = 'AWS::Cognito::UserPool';

/** What a function of the app may use here, beside other functions. */
const USED_BY_FUNCTIONS = [
  FUNCTION,
  'AWS::Lambda::Version',
  'AWS::Lambda::Alias',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  QUEUE,
  'AWS::SES::ConfigurationSet',
  'AWS::SSM::Parameter',
  'AWS::SecretsManager::Secret',
];

/** What is run, besides what works for it. */
const PARTS = [
  ...USED_BY_FUNCTIONS,
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  POOL,
  'AWS::StepFunctions::StateMachine',
];

/** The function that checks the pool has in this variable what the pool should have: our triggers. It needs no table. */
const CHECKED_BY_WATCH = 'ATTACHMENT';

export interface BelongingParts {
  readonly stacks: readonly RawStack[];
  readonly resolver: Resolver;
  readonly referencesIn: ReferencesIn;
}

/** A dashboard may show functions of the app, which are not run for that. */
const followedFrom = ({ resource: { Type } }: Node): readonly string[] => {
  if (Type.startsWith('AWS::CloudWatch::')) return ['AWS::CloudWatch::Alarm'];
  return Type.startsWith('AWS::Lambda::') ? USED_BY_FUNCTIONS : PARTS;
};

/** Of a pool, the functions that are never called here need not run. */
const namingPart = ({ resource: { Type, Properties = {} } }: Node): unknown => {
  if (Type !== POOL || !isObject(Properties.LambdaConfig)) return Properties;
  const called = Object.entries(Properties.LambdaConfig).filter(
    ([name]) => !UNCALLED_TRIGGERS.includes(name),
  );
  return { ...Properties, LambdaConfig: Object.fromEntries(called) };
};

const variablesOf = ({ resource: { Properties = {} } }: Node): Readonly<Record<string, unknown>> => {
  const { Variables } = isObject(Properties.Environment) ? Properties.Environment : {};
  return isObject(Variables) ? Variables : {};
};

const nodesOf = (stack: RawStack): readonly Node[] =>
  Object.entries(stack.template.Resources).map(([logicalId, resource]) => ({ stack, logicalId, resource }));

/** What of the app's own cannot run here, and why. Empty for what runs. */
const unplayable = (
  { resolver }: BelongingParts,
  { stack, logicalId, resource }: Node,
): readonly string[] => {
  const read = () => resourceOf(resolver, stack, logicalId);
  try {
    if (resource.Type === FUNCTION) return unsupportedByFunction(read());
    return resource.Type === QUEUE ? unsupportedByQueue(read()) : [];
  } catch {
    return ['cannot be read here'];
  }
};

/**
 * The keys of all resources that belong to what `cores` names: the table, the workflow, the pool and so on. `own` are those of
 * them that functions name which work for it.
 */
export const belongingTo = (
  parts: BelongingParts,
  cores: readonly Node[],
  own: readonly Node[],
): ReadonlySet<string> => {
  const { stacks, resolver, referencesIn } = parts;
  const found = new Map<string, Node>();
  const isNew = (node: Node) =>
    !found.has(keyOf(node)) && resolver.holds(node.stack, node.resource.Condition);
  /** What a sign-in needs must run; what functions name besides only may. */
  const mayRun = (node: Node): boolean => unplayable(parts, node).length === 0;
  const follow = (node: Node, isNeeded: boolean): void => {
    if (!isNew(node) || !(isNeeded || mayRun(node))) return;
    found.set(keyOf(node), node);
    const types = followedFrom(node);
    const needed = new Set(
      node.resource.Type === FUNCTION
        ? referencesIn(node.stack, variablesOf(node)[CALLED_BY_GUARD]).map(keyOf)
        : undefined,
    );
    for (const next of referencesIn(node.stack, namingPart(node))) {
      if (!types.includes(next.resource.Type)) continue;
      follow(next, isNeeded && (node.resource.Type !== FUNCTION || needed.has(keyOf(next))));
    }
  };

  for (const node of cores) if (PARTS.includes(node.resource.Type)) follow(node, true);
  const stackIds = new Set([...found.values()].map(({ stack }) => stack.id));
  const others = stacks.filter(({ id }) => stackIds.has(id)).flatMap(nodesOf);
  const ownKeys = new Set(own.map(keyOf));
  for (const node of others) {
    if (node.resource.Type !== FUNCTION) continue;
    const names = referencesIn(node.stack, node.resource.Properties).map(keyOf);
    const checked = referencesIn(node.stack, variablesOf(node)[CHECKED_BY_WATCH]).map(keyOf);
    if (names.some((key) => ownKeys.has(key)) || checked.some((key) => found.has(key))) follow(node, false);
  }
  const helpers = helpersOf(parts, found, others.filter(isNew));
  return new Set([...found.keys(), ...helpers.map(keyOf)]);
};

/** Says of the functions and queues that what is run names, and that cannot run here, that there is only their name. */
export const namedOnly = (parts: BelongingParts, run: ReadonlySet<string>): readonly string[] => {
  const { stacks, resolver, referencesIn } = parts;
  const named = stacks
    .flatMap(nodesOf)
    .filter((node) => run.has(keyOf(node)) && [FUNCTION, POOL].includes(node.resource.Type))
    .flatMap((node) => referencesIn(node.stack, node.resource.Properties))
    .filter((node) => !run.has(keyOf(node)));
  return [...new Map(named.map((node) => [keyOf(node), node])).values()].flatMap((node) => {
    const reasons = unplayable(parts, node);
    if (reasons.length === 0) return [];
    const { attributes, ref } = resolver.namesOf(node.stack, node.logicalId);
    const kind = node.resource.Type === QUEUE ? 'queue' : 'function';
    const why = reasons.map((reason) => reason.replace(/[.;] .*$/s, '')).join(' and ');
    return [
      `The ${kind} ${attributes.QueueName ?? ref} ${why}; it is left alone, and a call of it fails here`,
    ];
  });
};
