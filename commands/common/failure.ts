/** What AWS refuses, for the person at the terminal: what to do about it. */
import { CommandError, EXIT, usageError } from '../../shared/command/failure.ts';
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

/** AWS quotes what it does not like in a request, which may be an address or hold keys. */
const withoutSecrets = (text: string): string => withoutAddresses(text).replace(/[A-Za-z0-9]{32,}/g, '***');

/** What a command makes of an error that is not its own: AWS's own words where there is no better advice. */
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
