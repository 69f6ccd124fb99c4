/** Wraps every function: writes one log line for each invocation, and shows callers only error texts that are safe. */
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { ReportedError } from './reported-error.ts';

/** The result of an invocation, for its log line: an outcome and ids, but never a code or an address. */
interface Report {
  readonly outcome: string;
  readonly [detail: string]: string | number | boolean | undefined;
}

/** The text for every unexpected error. The log has the details under the request id. */
const UNEXPECTED = 'Something went wrong on our side. Please try again.';

/** The calls of a stack without the message before them, whose lines may look like calls. */
const callsOf = ({ stack = '', message }: Error): readonly string[] | undefined => {
  const at = stack.indexOf(message);
  if (at < 0) return undefined;
  return stack
    .slice(at + message.length)
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '));
};

/** Deeper causes do not help, and a chain of causes may be a circle. */
const MAX_CAUSES = 3;

/** Messages are left out, because SES and DynamoDB quote addresses and keys in theirs. */
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

/** The error name that the workflow's retriers see. A lost connection is a plain `Error` with the code of a system error. */
const nameOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'Error';
  const isPlain = error.name === 'Error' || error.name === 'AggregateError';
  return isPlain && typeof (error as { readonly code?: unknown }).code === 'string'
    ? 'NetworkError'
    : error.name;
};

/** What an event is about. Its line in the log has it, also if the invocation fails. */
type Ids = Readonly<Record<string, unknown>>;

/** A UUID, as Cognito's `sub` and our challenge ids are, or the ARN of an execution. No address and no code looks like either. */
const ID = /^(?:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|arn:[\w-]+:states:[\w:-]{1,400})$/;
/** Numbers of deliveries are small, and codes have more digits. */
const MOST = 999;

const isHarmless = (value: unknown): boolean =>
  typeof value === 'number'
    ? Number.isInteger(value) && value >= 0 && value <= MOST
    : typeof value === 'string' && ID.test(value);

/** Anybody may write an event by hand, so nothing passes that does not look like an id or a small number. */
const readIds = <Event>(event: Event, idsIn: (event: Event) => Ids): Ids => {
  try {
    return Object.fromEntries(Object.entries(idsIn(event)).filter(([, value]) => isHarmless(value)));
  } catch {
    return {};
  }
};

const NO_IDS = () => ({});

/**
 * Wraps a handler. `run` returns the function's result and the report for the log. `idsIn` names the user and the challenge
 * of an event; it may throw.
 */
export const withBoundary = <Event, Result>(
  functionName: string,
  run: (event: Event, context: Context) => Promise<{ readonly result: Result; readonly report: Report }>,
  idsIn: (event: Event) => Ids = NO_IDS,
): ((event: Event, context: Context) => Promise<Result>) => {
  const logger = new Logger({ serviceName: functionName });
  return async (event, context) => {
    logger.resetKeys();
    logger.addContext(context);
    logger.appendKeys(readIds(event, idsIn));
    try {
      const { result, report } = await run(event, context);
      logger.info('finished', report);
      return result;
    } catch (error) {
      logger.error('failed', describe(error));
      // The cause is left out, because the runtime prints the error and the cause contains the text of SES.
      if (error instanceof ReportedError) throw new ReportedError(error.name, error.message);
      throw new ReportedError(nameOf(error), UNEXPECTED);
    }
  };
};
