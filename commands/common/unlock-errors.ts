/** What went wrong with `npm run unlock`, for the person at the terminal: what to do about it, and the exit code. */

import { UsageError } from '../sign-in/options.ts';
import { EXIT } from '../unlock/options.ts';
import { NotRunningError } from './connect.ts';
import { explainAws, isMissingRegion, MISSING_REGION } from './failure.ts';

export interface Explanation {
  readonly text: string;
  readonly exit: number;
}

/** Nobody with this sub has ever asked for a code. */
export class UnknownUserError extends Error {
  override readonly name = 'UnknownUserError';
}

/** There is nothing to unlock; nothing was changed. */
export class NotLockedError extends Error {
  override readonly name = 'NotLockedError';
}

/** The user kept signing in, or somebody kept guessing, while the guard was to be unlocked. */
export class GuardChangedError extends Error {
  override readonly name = 'GuardChangedError';
}

const ADVICE = {
  permissions:
    "cloudformation:DescribeStacks, and sts:AssumeRole on the stack's output UnlockRoleArn; that role may do the rest",
  missing: 'the table',
};

/** What to tell whoever runs the command, and the exit code. */
export const explain = (error: unknown): Explanation => {
  if (error instanceof UsageError) return { text: error.message, exit: EXIT.usage };
  if (error instanceof UnknownUserError) return { text: error.message, exit: EXIT.unknown };
  if (error instanceof NotLockedError) return { text: error.message, exit: EXIT.notLocked };
  if (!(error instanceof Error)) return { text: String(error), exit: EXIT.failed };
  if (error instanceof NotRunningError || error instanceof GuardChangedError) {
    return { text: error.message, exit: EXIT.failed };
  }
  if (isMissingRegion(error)) return { text: MISSING_REGION, exit: EXIT.usage };
  return { text: explainAws(error, ADVICE), exit: EXIT.failed };
};
