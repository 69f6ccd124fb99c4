/** What went wrong with `npm run rotate-key`, for the person at the terminal: what to do about it, and the exit code. */
import { KeyringError } from '../../shared/domain/keyring.ts';
import { EXIT } from '../rotate-key/options.ts';
import { KeyringChangedError } from '../rotate-key/secret.ts';
import { UsageError } from '../sign-in/options.ts';
import { NotRunningError } from './connect.ts';
import { explainAws, isMissingRegion, MISSING_REGION } from './failure.ts';
import { InputEnded } from './terminal.ts';

export interface Explanation {
  readonly text: string;
  readonly exit: number;
}

/** It is too early, or the person at the terminal thought better of it. Nothing was changed. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

const ADVICE = {
  permissions:
    "cloudformation:DescribeStacks, and sts:AssumeRole on the stack's output KeyRotationRoleArn; that role may do the rest",
  missing: "the keyring's secret",
};

/** AWS quotes what it does not like in a request, and one of the requests holds keys. */
const withoutKeys = (text: string): string => text.replace(/[A-Za-z0-9]{32,}/g, '***');

/** What to tell whoever runs the command, and the exit code. */
export const explain = (error: unknown): Explanation => {
  if (error instanceof UsageError) return { text: error.message, exit: EXIT.usage };
  if (!(error instanceof Error)) return { text: 'Something failed without saying what.', exit: EXIT.failed };
  if (error instanceof RefusedError || error instanceof KeyringChangedError || error instanceof InputEnded) {
    return { text: error.message, exit: EXIT.refused };
  }
  if (error instanceof NotRunningError) return { text: error.message, exit: EXIT.failed };
  if (error instanceof KeyringError) {
    return {
      text: `${error.message}, so nobody can sign in. --emergency replaces it by a keyring that works.`,
      exit: EXIT.failed,
    };
  }
  if (isMissingRegion(error)) return { text: MISSING_REGION, exit: EXIT.usage };
  return { text: withoutKeys(explainAws(error, ADVICE)), exit: EXIT.failed };
};
