/** What went wrong with `npm run audit`, for the person at the terminal: what to do about it, and the exit code. */
import { EXIT } from '../audit/options.ts';
import { NothingFoundError } from '../audit/search.ts';
import { UsageError } from '../sign-in/options.ts';
import { NotRunningError } from './connect.ts';
import { explainAws, isMissingRegion, MISSING_REGION } from './failure.ts';

export interface Explanation {
  readonly text: string;
  readonly exit: number;
}

const ADVICE = {
  permissions:
    'cloudformation:DescribeStacks, cognito-idp:AdminGetUser (--user; --sub does without), dynamodb:Query and dynamodb:GetItem ' +
    '(--user, --sub), dynamodb:Scan (otherwise)',
  missing: 'the table or the user pool',
};

/** What to tell whoever runs the command, and the exit code. */
export const explain = (error: unknown): Explanation => {
  if (error instanceof UsageError) return { text: error.message, exit: EXIT.usage };
  if (error instanceof NothingFoundError) return { text: error.message, exit: EXIT.nothingFound };
  if (!(error instanceof Error)) return { text: String(error), exit: EXIT.failed };
  if (error instanceof NotRunningError) return { text: error.message, exit: EXIT.failed };
  if (isMissingRegion(error)) return { text: MISSING_REGION, exit: EXIT.usage };
  return { text: explainAws(error, ADVICE), exit: EXIT.failed };
};
