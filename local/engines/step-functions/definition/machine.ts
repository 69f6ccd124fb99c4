/** Makes a state machine from its definition, checked and ready to run. */
import { CommandError, EXIT } from '../../../../shared/command/failure.ts';
import type { Invoke } from '../../../ground/service.ts';
import { isObject, type JsonObject } from '../../../ground/service.ts';
import type { Template } from '../../../ground/template.ts';
import { adaptDefinition } from './adapt-definition.ts';
import { checkDefinition, type Definition } from './check-definition.ts';
import { type CallService, type Task, taskOf } from './task-resources.ts';

export interface MachineDefinition {
  readonly arn: string;
  readonly name: string;
  /** Amazon States Language, with substitutions resolved. */
  readonly definition: Definition;
  readonly type: 'EXPRESS' | 'STANDARD';
}

export interface Machine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** The original definition, for display. */
  readonly definition: Definition;
  /** The definition for the interpreter. */
  readonly adapted: Definition;
  /** What each Task state does, by the state's name. */
  readonly tasks: ReadonlyMap<string, Task>;
}

/** Throws an error that says what cannot be run here. */
export const createMachine = (
  { arn, name, definition, type }: MachineDefinition,
  invoke: Invoke,
  callService: CallService,
): Machine => {
  if (type !== 'EXPRESS') {
    throw new CommandError(
      `State machine ${name}: only Express workflows run here. Create it with StateMachineType EXPRESS`,
      EXIT.failed,
    );
  }
  checkDefinition(name, definition);
  const tasks = Object.entries(definition.States)
    .filter(([, state]) => state.Type === 'Task')
    .map(([stateName, { Resource }]): [string, Task] => {
      const task = taskOf(String(Resource), invoke, callService);
      if (task === undefined)
        throw new Error(`State machine ${name}: state ${stateName}: ${Resource} does not run here`);
      return [stateName, task];
    });
  const roleArn = `arn:aws:iam::${arn.split(':')[4]}:role/${name}`;
  return { arn, name, roleArn, definition, adapted: adaptDefinition(definition), tasks: new Map(tasks) };
};

const textOf = (name: string, { DefinitionString, Definition, DefinitionS3Location }: JsonObject): string => {
  if (DefinitionString !== undefined) return String(DefinitionString);
  if (isObject(Definition)) return JSON.stringify(Definition);
  const where = DefinitionS3Location === undefined ? 'none' : 'in a bucket (DefinitionS3Location)';
  throw new CommandError(
    `State machine ${name}: its definition is ${where}. Create it with DefinitionString`,
    EXIT.failed,
  );
};

export const machinesOf = (template: Template): readonly MachineDefinition[] =>
  template.ofType('AWS::StepFunctions::StateMachine').map(({ names, properties }) => {
    const substitutions = (properties.DefinitionSubstitutions ?? {}) as Readonly<Record<string, string>>;
    const definition = textOf(names.ref, properties).replace(
      /\$\{(\w+)\}/g,
      (placeholder, name: string) => substitutions[name] ?? placeholder,
    );
    return {
      arn: names.ref,
      name: names.attributes.Name ?? '',
      definition: JSON.parse(definition) as Definition,
      type: properties.StateMachineType === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
    };
  });
