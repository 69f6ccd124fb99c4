import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Definition } from '../../../../../local/engines/step-functions/definition/check-definition.ts';
import type { Execution } from '../../../../../local/engines/step-functions/execution.ts';
import {
  createStepFunctions,
  type StepFunctionsSettings,
} from '../../../../../local/engines/step-functions/step-functions.ts';
import { createClock } from '../../../../../local/ground/clock.ts';
import type { Invocation, JsonObject } from '../../../../../local/ground/service.ts';
import { openState } from '../../../../../local/ground/state.ts';

export const MACHINE_ARN = 'arn:aws:states:eu-west-1:111122223333:stateMachine:deliver';
export const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:send';

export const returned = (payload: unknown): Invocation => ({ kind: 'returned', payload });
export const failed = (errorType: string, errorMessage = 'no'): Invocation => ({
  kind: 'failed',
  errorType,
  errorMessage,
});

/** A definition whose first state calls the function with the whole input. */
export const calling = (task: JsonObject, states: Record<string, JsonObject> = {}): JsonObject => ({
  StartAt: 'Send',
  States: {
    Send: { Type: 'Task', Resource: FUNCTION_ARN, ...('Next' in task ? {} : { End: true }), ...task },
    ...states,
  },
});

export const aStateFolder = () => mkdtempSync(join(tmpdir(), 'state-'));

/** An engine with one machine. Every call of the function is recorded and answered by `answer`. */
export const aSystem = (
  definition: object,
  {
    answer = () => returned({}),
    folder = aStateFolder(),
    ...changes
  }: {
    readonly answer?: (event: unknown, call: number) => Invocation | Promise<Invocation>;
    readonly folder?: string;
  } & Partial<StepFunctionsSettings> = {},
) => {
  const clock = createClock();
  const events: unknown[] = [];
  const times: number[] = [];
  const engine = createStepFunctions({
    machines: [{ arn: MACHINE_ARN, name: 'deliver', definition: definition as Definition, type: 'EXPRESS' }],
    state: openState(folder),
    clock,
    invoke: async (_, event) => {
      times.push(performance.now());
      return answer(event, events.push(event));
    },
    callService: async () => ({}),
    region: 'eu-west-1',
    accountId: '111122223333',
    ...changes,
  });
  const start = async (input: unknown = {}, name?: string): Promise<string> => {
    const request = { stateMachineArn: MACHINE_ARN, input: JSON.stringify(input), ...(name && { name }) };
    const answer = await engine.operations.StartExecution?.(request);
    return String(answer?.executionArn);
  };
  return {
    ...engine,
    clock,
    events,
    /** Real milliseconds between one call of the function and the next. */
    pauses: () => times.slice(1).map((time, index) => time - (times[index] ?? 0)),
    start,
    /** Runs one execution to its end. */
    run: async (input: unknown = {}): Promise<Execution> => {
      const arn = await start(input);
      await engine.idle();
      const execution = engine.executions().find(({ executionArn }) => executionArn === arn);
      if (execution === undefined) throw new Error('The execution was not recorded');
      return execution;
    },
  };
};
