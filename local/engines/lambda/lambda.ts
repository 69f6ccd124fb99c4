/** Runs the template's functions: unmodified bundles in separate processes, with Lambda's limits and error names. */
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../ground/clock.ts';
import {
  AwsError,
  type Invocation,
  type Invoke,
  type InvokeAs,
  type SendMessage,
} from '../../ground/service.ts';
import type { State } from '../../ground/state.ts';
import { type AsyncInvocations, createAsyncInvocations } from './async-invocations.ts';
import type { EventInvokeConfig } from './event-invoke-config.ts';
import { createInvokeApi, type InvokeApi } from './invoke-api.ts';
import type { LocalFunction } from './local-function.ts';
import { createPool, type PoolLimits } from './pool.ts';
import { type Sandbox, type StartSandbox, startSandbox as startProcessSandbox } from './sandbox/sandbox.ts';
import { sandboxEnvironment } from './sandbox/sandbox-environment.ts';

const LIMITS: PoolLimits = { maxConcurrency: 20, idleMs: 60_000 };

export interface LambdaSettings {
  readonly functions: readonly LocalFunction[];
  readonly clock: Clock;
  /** Stores the asynchronous invocations until they have ended. */
  readonly state: State;
  /** The configurations of the functions that have one. */
  readonly eventInvokeConfigs: readonly EventInvokeConfig[];
  /** Sends the records of asynchronous invocations that have finally failed. */
  readonly sendMessage: SendMessage;
  /** The folder for one `<function name>.log` for each function. */
  readonly logFolder: string;
  /** Added to every function's environment, for instance `AWS_ENDPOINT_URL`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Called with each line of a function's log. */
  readonly onLine?: (functionName: string, line: string) => void;
  /** Called after each invocation. `durationMs` is real time; the first invocation of a process includes its init. */
  readonly onInvocation?: (functionName: string, invocation: Invocation, durationMs: number) => void;
  /** Called for each invocation that is refused because all that the function has reserved are running. */
  readonly onThrottle?: (functionName: string) => void;
  /** @default at most 20 processes of a function, each ended after a minute without work */
  readonly limits?: Partial<PoolLimits>;
  /** @default each execution environment is its own process */
  readonly startSandbox?: StartSandbox | undefined;
}

export interface Lambda extends Pick<AsyncInvocations, 'invokeAsync' | 'resume' | 'settled'> {
  /** Takes a function's ARN or name. Throws `ResourceNotFoundException` if there is no such function. */
  readonly invoke: Invoke;
  readonly invokeAs: InvokeAs;
  readonly invokeApi: InvokeApi;
  /**
   * Kills the process whose calls have this session token, as if it had crashed. Resolves when the process has ended;
   * undefined if no process has the token.
   */
  crash(sessionToken: string | undefined): Promise<unknown> | undefined;
  /** Ends every process. Running invocations fail; asynchronous ones continue after the next start. */
  close(): Promise<void>;
}

const measured = (
  sandbox: Sandbox,
  report: (invocation: Invocation, durationMs: number) => void,
): Sandbox => ({
  ...sandbox,
  invoke: async (event, requestId) => {
    const startedAt = performance.now();
    const invocation = await sandbox.invoke(event, requestId);
    report(invocation, performance.now() - startedAt);
    return invocation;
  },
});

export const createLambda = ({
  functions,
  clock,
  state,
  eventInvokeConfigs,
  sendMessage,
  logFolder,
  environment,
  onLine,
  onInvocation,
  onThrottle,
  limits,
  startSandbox = startProcessSandbox,
}: LambdaSettings): Lambda => {
  mkdirSync(logFolder, { recursive: true, mode: 0o700 });
  const running = new Map<string, Sandbox>();
  const entries = functions.map((fn) => {
    const log = (line: string) => {
      appendFileSync(join(logFolder, `${fn.name}.log`), `${line}\n`);
      onLine?.(fn.name, line);
    };
    const start = () => {
      const sessionToken = randomUUID();
      const sandbox = startSandbox(fn, sandboxEnvironment(fn, environment, sessionToken), clock, log);
      running.set(sessionToken, sandbox);
      void sandbox.exited.then(() => running.delete(sessionToken));
      return measured(sandbox, (invocation, ms) => onInvocation?.(fn.name, invocation, ms));
    };
    const { reservedConcurrency: maxConcurrency } = fn;
    const reserved = maxConcurrency !== undefined && { maxConcurrency };
    return { fn, pool: createPool(start, { ...LIMITS, ...limits, ...reserved }) };
  });
  const find = (nameOrArn: string) => {
    // There is one state of the code here, whatever version or alias is asked for.
    const unqualified = nameOrArn.replace(/^(arn:.*:function:[^:]+|[^:]+):[^:]+$/, '$1');
    const entry = entries.find(({ fn }) => fn.arn === unqualified || fn.name === unqualified);
    if (entry === undefined)
      throw new AwsError('ResourceNotFoundException', `Function not found: ${nameOrArn}`, 404);
    return entry;
  };

  /** Waits for a place, as Lambda's queue of asynchronous invocations does. */
  const runInTurn: InvokeAs = async (nameOrArn, event, requestId) =>
    find(nameOrArn).pool.invoke(JSON.stringify(event ?? {}), requestId);
  const run: InvokeAs = async (nameOrArn, event, requestId) => {
    const { fn, pool } = find(nameOrArn);
    if (fn.reservedConcurrency !== undefined && pool.isFull()) {
      onThrottle?.(fn.name);
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    }
    return runInTurn(nameOrArn, event, requestId);
  };
  const invoke: Invoke = (nameOrArn, event) => run(nameOrArn, event, randomUUID());
  const configs = new Map(eventInvokeConfigs.map((config) => [find(config.functionName).fn.arn, config]));
  const { close, ...asynchronous } = createAsyncInvocations({
    clock,
    state,
    invoke: runInTurn,
    configOf: (functionArn) => configs.get(functionArn),
    sendMessage,
  });
  return {
    invoke,
    invokeAs: run,
    invokeApi: createInvokeApi((nameOrArn) => find(nameOrArn).fn.arn, run, asynchronous.invokeAsync),
    ...asynchronous,
    crash: (sessionToken = '') => running.get(sessionToken)?.kill(),
    close: async () => void (await Promise.all([close(), ...entries.map(({ pool }) => pool.close())])),
  };
};
