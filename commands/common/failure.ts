/** What AWS refuses, for the person at the terminal: what to do about it. */
import { withoutAddresses } from '../../shared/domain/address.ts';

export interface AwsAdvice {
  /** All that the command ever does in AWS. */
  readonly permissions: string;
  /** What `ResourceNotFoundException` is about. */
  readonly missing: string;
}

const UNKNOWN_CREDENTIALS: readonly string[] = [
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
];

const explainKnown = ({ name, message }: Error, { permissions, missing }: AwsAdvice): string | undefined => {
  if (/^AccessDenied/.test(name)) {
    const [, lacked] = /not authorized to perform:? ([\w-]+:\w+)/.exec(message) ?? [];
    const lacking = lacked === undefined ? 'a permission' : `the permission ${lacked}`;
    return `AWS denies access: the credentials lack ${lacking}. The command needs: ${permissions}.`;
  }
  if (UNKNOWN_CREDENTIALS.includes(name)) {
    return `AWS does not accept the credentials of the environment (${name}). Sign in, or set AWS_PROFILE.`;
  }
  if (name === 'ResourceNotFoundException') {
    return `AWS does not find ${missing} (${name}). Is the stack deployed, or the local system's folder another one?`;
  }
  return undefined;
};

/** The SDK was told no region and found none. */
export const isMissingRegion = ({ message }: Error): boolean => message === 'Region is missing';
export const MISSING_REGION = 'Which region is the stack in? Say it with --region or AWS_REGION.';

/** AWS's own words where there is no better advice; without addresses, which they may quote. */
export const explainAws = (error: Error, advice: AwsAdvice): string => {
  const { code } = error as { readonly code?: unknown };
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET') {
    return 'The service does not answer any more. If it is the local system, start it with: npm start';
  }
  return withoutAddresses(explainKnown(error, advice) ?? `${error.name}: ${error.message}`);
};
