/** Makes a state machine from its definition, checked and ready to run. */
import type { Invoke } from '../../../ground/service.ts';
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
  if (type !== 'EXPRESS') throw new Error(`State machine ${name}: only Express workflows run here`);
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

export const machinesOf = (template: Template): readonly MachineDefinition[] =>
  template.ofType('AWS::StepFunctions::StateMachine').map(({ names, properties }) => {
    const substitutions = (properties.DefinitionSubstitutions ?? {}) as Readonly<Record<string, string>>;
    const definition = String(properties.DefinitionString).replace(
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
