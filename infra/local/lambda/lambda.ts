/** Runs the template's functions: unmodified bundles, each in processes of its own, with Lambda's limits and error names. */
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { AwsError, type Invoke } from '../service.ts';
import { createInvokeApi, type InvokeApi } from './invoke-api.ts';
import type { LocalFunction } from './local-function.ts';
import { createPool, type PoolLimits } from './pool.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { sandboxEnvironment } from './sandbox-environment.ts';

const LIMITS: PoolLimits = { maxConcurrency: 20, idleMs: 60_000 };

export interface LambdaSettings {
  readonly functions: readonly LocalFunction[];
  readonly clock: Clock;
  /** Takes one `<function name>.log` for each function. */
  readonly logFolder: string;
  /** Added to every function's environment, for instance `AWS_ENDPOINT_URL`. */
  readonly environment: Readonly<Record<string, string>>;
  /** @default 20 processes of a function, ended after a minute without work */
  readonly limits?: Partial<PoolLimits>;
}

export interface Lambda {
  /** Takes a function's ARN or name; throws `ResourceNotFoundException` where there is none. */
  readonly invoke: Invoke;
  readonly invokeApi: InvokeApi;
  /**
   * Kills the process whose calls carry this session token, as if it had crashed. Resolves when it is gone; undefined where
   * no process has that token.
   */
  crash(sessionToken: string | undefined): Promise<unknown> | undefined;
  /** Ends every process; invocations under way fail. */
  close(): Promise<void>;
}

export const createLambda = ({
  functions,
  clock,
  logFolder,
  environment,
  limits,
}: LambdaSettings): Lambda => {
  mkdirSync(logFolder, { recursive: true });
  const running = new Map<string, Sandbox>();
  const entries = functions.map((fn) => {
    const log = (line: string) => appendFileSync(join(logFolder, `${fn.name}.log`), `${line}\n`);
    const start = () => {
      const sessionToken = randomUUID();
      const sandbox = startSandbox(fn, sandboxEnvironment(fn, environment, sessionToken), clock, log);
      running.set(sessionToken, sandbox);
      void sandbox.exited.then(() => running.delete(sessionToken));
      return sandbox;
    };
    return { fn, pool: createPool(start, { ...LIMITS, ...limits }) };
  });
  const find = (nameOrArn: string) => {
    const unqualified = nameOrArn.replace(/:\$LATEST$/, '');
    const entry = entries.find(({ fn }) => fn.arn === unqualified || fn.name === unqualified);
    if (entry === undefined)
      throw new AwsError('ResourceNotFoundException', `Function not found: ${nameOrArn}`, 404);
    return entry;
  };

  const invoke: Invoke = async (nameOrArn, event) => find(nameOrArn).pool.invoke(JSON.stringify(event ?? {}));
  return {
    invoke,
    invokeApi: createInvokeApi((nameOrArn) => find(nameOrArn).fn.arn, invoke),
    crash: (sessionToken = '') => running.get(sessionToken)?.kill(),
    close: async () => void (await Promise.all(entries.map(({ pool }) => pool.close()))),
  };
};
