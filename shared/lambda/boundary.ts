/** The edge of every function: one log line per invocation, and no error text that was not written for its reader. */
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { ReportedError } from './reported-error.ts';

/** What an invocation came to, for its log line: an outcome and ids. Never a code, never an address. */
interface Report {
  readonly outcome: string;
  readonly [detail: string]: string | number | boolean | undefined;
}

/** The text for everything unexpected; the log has the rest, found by the request id. */
const UNEXPECTED = 'Something went wrong on our side. Please try again.';

/** The calls alone: a stack starts with the message, whose own lines may look like calls. */
const callsOf = ({ stack = '', message }: Error): readonly string[] | undefined => {
  const at = stack.indexOf(message);
  if (at < 0) return undefined;
  return stack
    .slice(at + message.length)
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '));
};

/** Deeper causes say no more, and a chain of causes may be a ring. */
const MAX_CAUSES = 3;

/** Messages are left out: SES and DynamoDB quote addresses and keys in theirs. */
const describe = (error: unknown, causes = MAX_CAUSES): Readonly<Record<string, unknown>> => {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const { $metadata } = error as { readonly $metadata?: { readonly requestId?: string } | null };
  return {
    errorName: error.name,
    ...(error instanceof ReportedError && { reason: error.message }),
    ...($metadata?.requestId !== undefined && { awsRequestId: $metadata.requestId }),
    stack: callsOf(error),
    ...(error.cause !== undefined && causes > 0 && { cause: describe(error.cause, causes - 1) }),
  };
};

/** The name that the workflow's retriers see. A lost connection comes as a plain `Error` with a system error's code. */
const nameOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'Error';
  const isPlain = error.name === 'Error' || error.name === 'AggregateError';
  return isPlain && typeof (error as { readonly code?: unknown }).code === 'string'
    ? 'NetworkError'
    : error.name;
};

/** Wraps a handler: `run` answers the function's result and the report for the log. */
export const withBoundary = <Event, Result>(
  functionName: string,
  run: (event: Event, context: Context) => Promise<{ readonly result: Result; readonly report: Report }>,
): ((event: Event, context: Context) => Promise<Result>) => {
  const logger = new Logger({ serviceName: functionName });
  return async (event, context) => {
    logger.resetKeys();
    logger.addContext(context);
    try {
      const { result, report } = await run(event, context);
      logger.info('finished', report);
      return result;
    } catch (error) {
      logger.error('failed', describe(error));
      // Without the cause: the runtime prints what it is handed, and the cause holds the text of SES.
      if (error instanceof ReportedError) throw new ReportedError(error.name, error.message);
      throw new ReportedError(nameOf(error), UNEXPECTED);
    }
  };
};
