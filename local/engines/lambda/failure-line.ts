/** What the terminal says of a function that has failed: enough to know which log to read, and nothing about a person. */
import { join } from 'node:path';
import { redactedLine, wholeWords } from '../../../shared/domain/redact.ts';
import type { Invocation } from '../../ground/service.ts';

const MAX_LENGTH = 300;

/** The scope of a package has an at sign, and is no address. */
const SCOPED_PACKAGE = /((?<![^\s'"])@[\w-]+\/[\w./-]+)/;

/** Numbers of some digits, as codes have; their groups may be apart. */
const LIKE_A_CODE = /(?<![\w.])\d(?:[ -]?\d){3,}(?!\w)/g;

/** The first line of a function's own words, without addresses and codes. */
const shownWords = (text: string): string => {
  const [line = ''] = text.replace(/^RequestId: \S+ (?:Error: )?/, '').split('\n');
  const shown = line
    .split(SCOPED_PACKAGE)
    .map((part) => (SCOPED_PACKAGE.test(part) ? part : redacted(part)))
    .join('')
    .replace(LIKE_A_CODE, '…');
  return wholeWords(shown, MAX_LENGTH);
};

/** White space at the ends stays, because the parts are put together again. */
const redacted = (part: string): string => {
  const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(part) ?? [];
  return `${before}${redactedLine(words)}${after}`;
};

/** The line about a failure in a function whose log is in the folder. */
const failureLine = (functionName: string, what: string, logFolder: string): string =>
  `The function ${functionName} has failed: ${what} (its log: ${join(logFolder, `${functionName}.log`)})`;

/** Returns undefined for an invocation that has succeeded. */
export const describeFailure = (
  functionName: string,
  invocation: Invocation,
  logFolder: string,
): string | undefined => {
  switch (invocation.kind) {
    case 'returned':
      return undefined;
    case 'timeout':
      return failureLine(functionName, shownWords(invocation.errorMessage), logFolder);
    case 'failed':
      return failureLine(
        functionName,
        shownWords(`${invocation.errorType.replace(/\s+/g, ' ')}: ${invocation.errorMessage}`),
        logFolder,
      );
  }
};

/** A function that has returned what its caller cannot use. `error` is the caller's name for that. */
export const describeUnusable = (functionName: string, error: string, logFolder: string): string =>
  failureLine(functionName, `what it returned cannot be used (${error})`, logFolder);
