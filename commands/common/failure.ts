/** Explains an error of AWS to the person at the terminal, with what to do about it. */
import { CommandError, EXIT, usageError } from '../../shared/command/failure.ts';
import { callOf } from '../../shared/command/place.ts';
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
  'TokenProviderError',
  'UnrecognizedClientException',
];

/** The SDK does not say that there is no such profile; it only finds neither a region nor credentials. */
const askProfile = (): string => {
  const { AWS_PROFILE: profile = '' } = process.env;
  return profile === '' ? '' : ` Is there a profile "${profile}", as AWS_PROFILE says?`;
};

const explainKnown = ({ name, message }: Error, { permissions, missing }: AwsAdvice): string | undefined => {
  if (/^AccessDenied/.test(name)) {
    const [, lacked] = /not authorized to perform:? ([\w-]+:\w+)/.exec(message) ?? [];
    const lacking = lacked === undefined ? 'a permission' : `the permission ${lacked}`;
    return `AWS denies access: the credentials lack ${lacking}. The command needs: ${permissions}.`;
  }
  if (UNKNOWN_CREDENTIALS.includes(name)) {
    return `AWS does not accept the credentials of the environment (${name}). Sign in, or set AWS_PROFILE.${askProfile()}`;
  }
  if (name === 'ResourceNotFoundException') {
    return `AWS does not find ${missing} (${name}). Is the stack deployed, or the local system's folder another one?`;
  }
  return undefined;
};

/** Nobody listens. Of the two services, that may be the local one. */
const REFUSED: readonly unknown[] = ['ECONNREFUSED', 'ECONNRESET'];

/** The way to the service fails. */
const UNREACHABLE: readonly unknown[] = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
];

/**
 * Removes addresses and keys: AWS quotes in an error the part of a request that it refuses. Without a digit, so long a word is
 * the name of something.
 */
const withoutSecrets = (text: string): string =>
  withoutAddresses(text).replace(/(?=[A-Za-z]*\d)[A-Za-z0-9]{32,}/g, '***');

/** The SDK notes on every error of a call how often it has tried. */
const isOfCall = (error: Error): boolean => '$metadata' in error || '$fault' in error;

/**
 * Turns an error of AWS, or of the way to it, into a `CommandError`. Without better advice it keeps AWS's words. Returns
 * undefined for any other error, which is a bug and needs its stack.
 */
export const explainWith =
  (advice: AwsAdvice) =>
  (error: unknown): CommandError | undefined => {
    if (!(error instanceof Error)) return undefined;
    if (error.message === 'Region is missing') {
      return usageError(`Which region is the stack in?${askProfile()} Say it with --region or AWS_REGION`);
    }
    const { code } = error as { readonly code?: unknown };
    const why = code ?? error.name;
    if (REFUSED.includes(code)) {
      return new CommandError(
        `The service does not answer (${why}). If it is the local system, start it with ${callOf('start')}; if it is AWS, check the network, the proxy and the region.`,
        EXIT.failed,
      );
    }
    if (UNREACHABLE.includes(code) || error.name === 'TimeoutError') {
      return new CommandError(
        `AWS cannot be reached (${why}). Check the network, the proxy and the region, then run the command again.`,
        EXIT.failed,
      );
    }
    const known = explainKnown(error, advice);
    if (known === undefined && !isOfCall(error) && code === undefined) return undefined;
    return new CommandError(known ?? `${error.name}: ${withoutSecrets(error.message)}`, EXIT.failed);
  };
