/** Explains an error of AWS to the person at the terminal, with what to do about it. */
import { CommandError, EXIT, usageError } from '../../shared/command/failure.ts';
import { withoutAddresses } from '../../shared/domain/redact.ts';

export interface AwsAdvice {
  /** Everything that the command may do in AWS. */
  readonly permissions: string;
  /** The resource that a `ResourceNotFoundException` means. */
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

/** Removes addresses and keys: AWS quotes in an error the part of a request that it refuses. */
const withoutSecrets = (text: string): string => withoutAddresses(text).replace(/[A-Za-z0-9]{32,}/g, '***');

/** Turns an error that the command did not throw itself into a `CommandError`. Without better advice it keeps AWS's words. */
export const explainWith =
  (advice: AwsAdvice) =>
  (error: unknown): CommandError => {
    if (!(error instanceof Error)) return new CommandError(withoutSecrets(String(error)), EXIT.failed);
    if (error.message === 'Region is missing') {
      return usageError('Which region is the stack in? Say it with --region or AWS_REGION');
    }
    const { code } = error as { readonly code?: unknown };
    if (code === 'ECONNREFUSED' || code === 'ECONNRESET') {
      const text =
        'The service does not answer any more. If it is the local system, start it with: npm start';
      return new CommandError(text, EXIT.failed);
    }
    const text = explainKnown(error, advice) ?? withoutSecrets(`${error.name}: ${error.message}`);
    return new CommandError(text, EXIT.failed);
  };
