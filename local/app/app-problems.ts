/** What of an app's own cannot be run as on AWS: it is refused before anything starts, or said once if it does no harm. */
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import { absentTriggers } from '../engines/cognito/absent-triggers.ts';
import { leftOutOfPool } from '../engines/cognito/pool-notes.ts';
import { unsupportedByFunction } from '../engines/lambda/code/unsupported.ts';
import { OUR_RUNTIME } from '../engines/lambda/local-function.ts';
import { isObject } from '../ground/service.ts';
import type { RawStack } from '../ground/template/raw-stack.ts';
import { shownName } from '../ground/template/shown-name.ts';
import type { Resource, Template } from '../ground/template.ts';

const tableProblems = (template: Template): readonly string[] =>
  template
    .ofType('AWS::DynamoDB::Table')
    .filter(({ properties }) => properties.ImportSourceSpecification !== undefined)
    .map(
      ({ names }) =>
        `The table ${names.ref} begins with data from a bucket (ImportSourceSpecification), which is not read here. Create it without`,
    );

/** Throws `CommandError` with all that is refused by name, and what to do. */
export const refuseUnsupported = (template: Template): void => {
  const problems = [
    ...template
      .ofType('AWS::Lambda::Function')
      .flatMap((resource) =>
        unsupportedByFunction(resource).map((text) => `The function ${resource.names.ref} ${text}`),
      ),
    ...tableProblems(template),
    ...absentTriggers(template),
  ];
  if (problems.length === 0) return;
  throw new CommandError(`The local system cannot run this:\n${problems.join('\n')}`, EXIT.failed);
};

const olderRuntimes = (functions: readonly Resource[]): readonly string[] => {
  const others = functions
    .filter(({ properties }) => properties.Runtime !== undefined && properties.Runtime !== OUR_RUNTIME)
    .map(({ names, properties }) => `${names.ref} (${properties.Runtime})`);
  return others.length === 0
    ? []
    : [
        `The Node.js ${process.versions.node} of this process runs the functions of other versions: ${others.join(', ')}`,
      ];
};

/** The parameters whose values a deployment takes from Systems Manager, by what they have here: the name there. */
const namesInStore = (stacks: readonly RawStack[]): ReadonlyMap<unknown, string> =>
  new Map(
    stacks.flatMap(({ template, parameters }) =>
      Object.entries(template.Parameters ?? {})
        .filter(([name, { Type = '' }]) => Type.startsWith('AWS::SSM::') && parameters[name] === undefined)
        .map(([name, { Default }]) => [Default, name] as const),
    ),
  );

const lookedUp = (stacks: readonly RawStack[], functions: readonly Resource[]): readonly string[] => {
  const stored = namesInStore(stacks);
  return functions.flatMap(({ names, properties }) => {
    const { Variables } = isObject(properties.Environment) ? properties.Environment : {};
    return Object.entries(isObject(Variables) ? Variables : {}).flatMap(([variable, value]) => {
      const parameter = stored.get(value);
      const what = `${variable} of ${names.ref} is "${value}" here, and what AWS looks up under it in a deployment`;
      if (parameter !== undefined) return [`${what}. Give it: --parameter ${parameter}=<value>`];
      return /\{\{resolve:/.test(String(value)) ? [what] : [];
    });
  });
};

const leftOut = (template: Template): readonly string[] =>
  template
    .ofType('AWS::Cognito::UserPool')
    .flatMap((pool) =>
      leftOutOfPool(pool.properties).map((text) => `The user pool ${shownName(pool)} ${text}`),
    );

export const notesOn = (stacks: readonly RawStack[], template: Template): readonly string[] => {
  const functions = template.ofType('AWS::Lambda::Function');
  return [...olderRuntimes(functions), ...lookedUp(stacks, functions), ...leftOut(template)];
};
