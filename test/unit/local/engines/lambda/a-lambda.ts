import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLambda, type LambdaSettings } from '../../../../../local/engines/lambda/lambda.ts';
import type { LocalFunction } from '../../../../../local/engines/lambda/local-function.ts';
import { createClock } from '../../../../../local/ground/clock.ts';
import { openState } from '../../../../../local/ground/state.ts';

/** A function whose `index.mjs` is the given source. */
export const aFunction = (source: string, changes: Partial<LocalFunction> = {}): LocalFunction => {
  const codeFolder = mkdtempSync(join(tmpdir(), 'function-'));
  writeFileSync(join(codeFolder, 'index.mjs'), source);
  const name = changes.name ?? 'greet';
  return {
    name,
    arn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}`,
    codeFolder,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    environment: {},
    timeoutSeconds: 5,
    memoryMb: 128,
    ...changes,
  };
};

/** A running Lambda with these functions; `await using` ends its processes. */
export const aLambda = (functions: readonly LocalFunction[], changes: Partial<LambdaSettings> = {}) => {
  const logFolder = mkdtempSync(join(tmpdir(), 'logs-'));
  const clock = createClock();
  const lambda = createLambda({
    functions,
    clock,
    state: openState(mkdtempSync(join(tmpdir(), 'state-'))),
    eventInvokeConfigs: [],
    sendMessage: () => {},
    logFolder,
    environment: {},
    ...changes,
  });
  return {
    ...lambda,
    clock,
    /** The function's log once it contains `text`. */
    logWith: async (name: string, text: string) => {
      for (let tries = 0; tries < 100; tries += 1) {
        try {
          const log = readFileSync(join(logFolder, `${name}.log`), 'utf8');
          if (log.includes(text)) return log;
        } catch {
          // The log does not exist before the first line.
        }
        await sleep(20);
      }
      throw new Error(`${text} was not logged`);
    },
    [Symbol.asyncDispose]: () => lambda.close(),
  };
};

/** The payload of a call. Fails if the call did not succeed. */
export const payloadOf = async (outcome: Promise<{ readonly kind: string }>): Promise<unknown> => {
  const invocation = await outcome;
  if (invocation.kind !== 'returned' || !('payload' in invocation))
    throw new Error(`Expected a payload: ${JSON.stringify(invocation)}`);
  return invocation.payload;
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Waits long enough: a process whose parent died may stay visible until the machine's first process removes it. */
export const eventually = async (condition: () => boolean): Promise<boolean> => {
  for (let tries = 0; tries < 400 && !condition(); tries += 1) await sleep(20);
  return condition();
};
