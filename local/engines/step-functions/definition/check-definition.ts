/**
 * Checks that a definition uses only the parts of the Amazon States Language that run here. Other parts are refused when
 * the machine is created: the interpreter would ignore or misread them, and nobody would notice the difference from AWS.
 */
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import type { JsonObject } from '../../../ground/service.ts';

export type StateDefinition = JsonObject & {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Catch?: readonly { readonly Next: string }[];
};

/** A state machine's definition, parsed, with all substitutions resolved. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, StateDefinition>>;
  readonly TimeoutSeconds?: number;
  readonly QueryLanguage?: string;
}

const ANY = ['Type', 'Comment', 'QueryLanguage'];
const DATA = [...ANY, 'InputPath', 'OutputPath'];
const STEP = [...DATA, 'Next', 'End'];

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Task: [
    ...STEP,
    'Resource',
    'Parameters',
    'ResultSelector',
    'ResultPath',
    'TimeoutSeconds',
    'Retry',
    'Catch',
  ],
  Pass: [...STEP, 'Parameters', 'Result', 'ResultPath'],
  Wait: [...STEP, 'Seconds'],
  Choice: [...DATA, 'Choices', 'Default'],
  Succeed: DATA,
  Fail: [...ANY, 'Error', 'ErrorPath', 'Cause', 'CausePath'],
};

/** Returns the rules that a state breaks, as sentences. */
const problemsOf = (state: StateDefinition): readonly string[] => {
  const fields = FIELDS[state.Type];
  if (fields === undefined) return [`states of type ${state.Type} do not run here`];
  const retriers = (state.Retry ?? []) as readonly { readonly JitterStrategy?: string }[];
  return [
    ...Object.keys(state)
      .filter((field) => !fields.includes(field))
      .map((field) => `${field} does not work here in a ${state.Type} state`),
    ...[state.ErrorPath, state.CausePath]
      .filter((path) => path !== undefined && !String(path).startsWith('$'))
      .map((path) => `${path} is not a path; intrinsic functions do not work here in a Fail state`),
    ...retriers
      .map(({ JitterStrategy = 'NONE' }) => JitterStrategy)
      .filter((strategy) => !['FULL', 'NONE'].includes(strategy))
      .map((strategy) => `there is no JitterStrategy ${strategy}`),
  ];
};

/** Throws an error that names every problem. */
export const checkDefinition = (machine: string, definition: Definition): void => {
  const languages = [definition, ...Object.values(definition.States)].map((part) => part.QueryLanguage);
  const problems = [
    ...(languages.every((language) => (language ?? 'JSONPath') === 'JSONPath')
      ? []
      : ['JSONata does not run here']),
    ...Object.entries(definition.States).flatMap(([name, state]) =>
      problemsOf(state).map((problem) => `state ${name}: ${problem}`),
    ),
  ];
  if (problems.length > 0) throw new Error(`State machine ${machine}: ${problems.join('; ')}`);
  // Resources are checked separately, because the interpreter does not know service integrations.
  new StateMachine(definition as unknown as StateMachineDefinition, {
    validationOptions: { checkArn: false },
  });
};
