/** The runtime client: runs in the function's own process, imports the unmodified bundle and handles invocations. */
import './end-with-parent.ts';
import { inspect, types } from 'node:util';
import { type Handler, loadHandler } from './load-handler.ts';
import type { InvokeMessage, SandboxMessage } from './messages.ts';
import { setClock } from './shown-date.ts';

/** Lambda's limit for a response, in bytes. */
const MAX_PAYLOAD_BYTES = 6_291_556;

const send = process.send?.bind(process);
// The bundle must not see the IPC channel, because on Lambda there is none.
delete process.send;

const variable = (name: string) => process.env[name] ?? '';
let handler: Promise<Handler> | undefined;
let requestId = '';

const answer = (report: SandboxMessage) =>
  new Promise<void>((resolve) => send?.(report, undefined, {}, () => resolve()));

/** Reports a failure under the name of the thrown error, and writes the stack to the function's log, as Lambda does. */
const fail = async (thrown: unknown, exitCode?: number) => {
  const { errorType, errorMessage, stack } = types.isNativeError(thrown)
    ? { errorType: String(thrown.name), errorMessage: String(thrown.message), stack: thrown.stack }
    : {
        errorType: typeof thrown,
        errorMessage: typeof thrown === 'string' ? thrown : inspect(thrown),
        stack: '',
      };
  console.error(`${requestId}\tERROR\tInvoke Error\t${JSON.stringify({ errorType, errorMessage, stack })}`);
  await answer({ kind: 'failed', errorType, errorMessage, fatal: exitCode !== undefined });
  if (exitCode !== undefined) process.exit(exitCode);
};

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

const serialize = (result: unknown): string => {
  let payload: string | undefined;
  try {
    payload = JSON.stringify(result);
  } catch {
    throw named('Runtime.MarshalError', 'Unable to stringify response body');
  }
  if (payload === undefined) return 'null';
  if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES)
    throw named(
      'Function.ResponseSizeTooLarge',
      `Response payload size exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`,
    );
  return payload;
};

const contextOf = ({ functionArn, limitMs }: InvokeMessage) => {
  const deadline = performance.now() + limitMs;
  return {
    functionName: variable('AWS_LAMBDA_FUNCTION_NAME'),
    functionVersion: variable('AWS_LAMBDA_FUNCTION_VERSION'),
    invokedFunctionArn: functionArn,
    memoryLimitInMB: variable('AWS_LAMBDA_FUNCTION_MEMORY_SIZE'),
    awsRequestId: requestId,
    logGroupName: variable('AWS_LAMBDA_LOG_GROUP_NAME'),
    logStreamName: variable('AWS_LAMBDA_LOG_STREAM_NAME'),
    // Real time, because it is used for timers, which also run in real time.
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
};

/** The function's own, which the Node that runs it here stands for. */
const nodeVersion = (): number => Number.parseInt(variable('AWS_EXECUTION_ENV').replace(/^\D*/, ''), 10);

const initialize = async (): Promise<Handler> => {
  const loaded = await loadHandler(variable('LAMBDA_TASK_ROOT'), variable('_HANDLER'), nodeVersion());
  await answer({ kind: 'initialized' });
  return loaded;
};

const invoke = async (message: InvokeMessage) => {
  requestId = message.requestId;
  setClock(message.clock);
  handler ??= initialize();
  let run: Handler;
  try {
    run = await handler;
  } catch (error) {
    return fail(error, 1); // Lambda starts a new process after a failed init.
  }
  try {
    await answer({
      kind: 'returned',
      payload: serialize(await run(JSON.parse(message.event), contextOf(message))),
    });
  } catch (error) {
    await fail(error);
  }
};

process.on('message', (message: InvokeMessage) => void invoke(message));
process.on('uncaughtException', (error) => void fail(error, 129));
process.on('unhandledRejection', (reason) => {
  const message = types.isNativeError(reason) ? String(reason) : inspect(reason);
  void fail(named('Runtime.UnhandledPromiseRejection', message), 128);
});
