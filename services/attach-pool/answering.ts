/** Lets CloudFormation know how a call went, however it went. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { redactedLine } from '../../shared/domain/redact.ts';
import { ReportedError } from '../../shared/lambda/reported-error.ts';
import { answeredId, type DeploymentEvent, type InTime } from './carry-out.ts';
import { type Asked, type CloudFormationAnswer, respond } from './respond.ts';

type AskedEvent = DeploymentEvent & Asked;
type Run = (event: AskedEvent & InTime, context: Context) => Promise<unknown>;

/** Milliseconds that are kept for the answer: as long as its four tries may take. */
const RESERVE_MS = 48_000;

const LATE = {
  status: 'FAILED',
  reason: 'Reading and writing the user pool took too long. Deploy again: it goes on where it was.',
} as const satisfies CloudFormationAnswer;

const isOfAws = (error: unknown): error is Error => error instanceof Error && '$metadata' in error;

/** What AWS says to a call is all that whoever deploys can go by. Throws what `run` throws, and that under one name. */
export const explaining = async <T>(run: () => Promise<T>): Promise<T> => {
  try {
    return await run();
  } catch (error) {
    if (!isOfAws(error)) throw error;
    const said = `${error.name}: ${redactedLine(error.message)}`;
    throw new ReportedError('AwsRefuses', said, { cause: error });
  }
};

const outcomeOf = async (
  run: Run,
  event: AskedEvent & InTime,
  context: Context,
): Promise<CloudFormationAnswer> => {
  try {
    await run(event, context);
    return { status: 'SUCCESS' };
  } catch (error) {
    // The boundary has written it into the log, and has left nothing in the message that must not be seen.
    const { name, message } = error as Error;
    return { status: 'FAILED', reason: `${name}: ${message} (request ${context.awsRequestId})` };
  }
};

/**
 * Wraps the function of a custom resource, which has a boundary. A failure is an answer, so it is thrown only if the answer
 * itself could not be handed over: then Lambda calls again, and everything is done again.
 */
export const answering =
  (run: Run, pauses?: readonly number[]): ((event: AskedEvent, context: Context) => Promise<void>) =>
  async (event, context) => {
    const timer = new AbortController();
    const writing = new AbortController();
    const time = Math.max(0, context.getRemainingTimeInMillis() - RESERVE_MS);
    // When the run is over, nobody waits for the time any more.
    const late = wait(time, LATE, { signal: timer.signal }).catch(() => LATE);
    const running = outcomeOf(run, { ...event, signal: writing.signal }, context);
    const answer = await Promise.race([running, late]);
    timer.abort();
    // A run goes on when Lambda uses the same environment again, perhaps for the rollback that this answer begins.
    if (answer === LATE) writing.abort(new ReportedError('TooLate', LATE.reason));
    try {
      await respond(event, answeredId(event, answer.status), answer, pauses);
    } catch {
      // What was thrown may quote the URL, which is signed: whoever has it can answer.
      throw new ReportedError('NotAnswered', 'CloudFormation could not be told how it went.');
    }
  };
