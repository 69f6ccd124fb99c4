/** What went wrong with `npm run audit`, for the person at the terminal: what to do about it, and the exit code. */
import { withoutAddresses } from '../../shared/redact.ts';
import { EXIT } from './audit-options.ts';
import { NothingFoundError } from './audit-search.ts';
import { NotRunningError } from './audit-source.ts';
import { UsageError } from './options.ts';

export interface Explanation {
  readonly text: string;
  readonly exit: number;
}

/** All that the command ever does in AWS. */
const PERMISSIONS =
  'cloudformation:DescribeStacks, cognito-idp:AdminGetUser (--user; --sub does without), dynamodb:Query (--user, --sub), ' +
  'dynamodb:GetItem (--challenge with one of them), dynamodb:Scan (otherwise)';

const UNKNOWN_CREDENTIALS: readonly string[] = [
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
];

const explainAws = ({ name, message }: Error): string | undefined => {
  if (/^AccessDenied/.test(name)) {
    const [, missing] = /not authorized to perform:? ([\w-]+:\w+)/.exec(message) ?? [];
    const lacking = missing === undefined ? 'a permission' : `the permission ${missing}`;
    return `AWS denies access: the credentials lack ${lacking}. The command needs: ${PERMISSIONS}.`;
  }
  if (UNKNOWN_CREDENTIALS.includes(name)) {
    return `AWS does not accept the credentials of the environment (${name}). Sign in, or set AWS_PROFILE.`;
  }
  if (name === 'ResourceNotFoundException') {
    return `AWS does not find the table or the user pool (${name}). Is the stack deployed, or the local system's folder another one?`;
  }
  return undefined;
};

const codeOf = (error: Error): unknown => (error as { readonly code?: unknown }).code;

export const explain = (error: unknown): Explanation => {
  if (error instanceof UsageError) return { text: error.message, exit: EXIT.usage };
  if (error instanceof NothingFoundError) return { text: error.message, exit: EXIT.nothingFound };
  if (!(error instanceof Error)) return { text: String(error), exit: EXIT.failed };
  if (error instanceof NotRunningError) return { text: error.message, exit: EXIT.failed };
  if (error.message === 'Region is missing') {
    return { text: 'Which region is the stack in? Say it with --region or AWS_REGION.', exit: EXIT.usage };
  }
  const lost = codeOf(error) === 'ECONNREFUSED' || codeOf(error) === 'ECONNRESET';
  const text = lost
    ? 'The service does not answer any more. If it is the local system, start it with: npm start'
    : (explainAws(error) ?? `${error.name}: ${error.message}`);
  return { text: withoutAddresses(text), exit: EXIT.failed };
};
