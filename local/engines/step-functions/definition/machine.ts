/** A state machine that has been checked and can be run. */
import type { Invoke } from '../../../ground/service.ts';
import { adaptDefinition } from './adapt-definition.ts';
import { checkDefinition, type Definition } from './check-definition.ts';
import { type CallService, type Task, taskOf } from './task-resources.ts';

export interface MachineDefinition {
  readonly arn: string;
  readonly name: string;
  /** Parsed Amazon States Language, substitutions resolved. */
  readonly definition: object;
  readonly type: 'EXPRESS' | 'STANDARD';
}

export interface Machine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** As it was given, for display. */
  readonly definition: object;
  /** As the interpreter gets it. */
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
  const given = definition as Definition;
  checkDefinition(name, given);
  const tasks = Object.entries(given.States)
    .filter(([, state]) => state.Type === 'Task')
    .map(([stateName, { Resource }]): [string, Task] => {
      const task = taskOf(String(Resource), invoke, callService);
      if (task === undefined)
        throw new Error(`State machine ${name}: state ${stateName}: ${Resource} does not run here`);
      return [stateName, task];
    });
  const roleArn = `arn:aws:iam::${arn.split(':')[4]}:role/${name}`;
  return { arn, name, roleArn, definition, adapted: adaptDefinition(given), tasks: new Map(tasks) };
};
