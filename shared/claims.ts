/** What the client says about itself. Nobody has checked it, so it is kept under names that say so. */
import { isIP } from 'node:net';

/** Facts carry these beside their own details. */
export interface Claims {
  readonly claimedIp?: string;
  readonly claimedUserAgent?: string;
}

/** Characters of a user agent that are kept; browsers' are shorter. */
const MAX_USER_AGENT = 200;

/** A trail must not hold a code or an address, not even one that the client puts there itself. */
const withoutSecrets = (text: string): string =>
  text.replace(/[^\s@]*@[^\s@]*/g, '***').replace(/\d{6,}/g, '***');

const readUserAgent = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined;
  const printable = value.replace(/[^\x20-\x7e]+/g, ' ').trim();
  return withoutSecrets(printable).slice(0, MAX_USER_AGENT) || undefined;
};

/** Reads `ipAddress` and `userAgent` of Cognito's `ClientMetadata`; what is neither is left out. */
export const readClaims = (clientMetadata: unknown): Claims => {
  if (typeof clientMetadata !== 'object' || clientMetadata === null) return {};
  const { ipAddress, userAgent } = clientMetadata as Readonly<Record<string, unknown>>;
  const claimedUserAgent = readUserAgent(userAgent);
  return {
    ...(typeof ipAddress === 'string' && isIP(ipAddress) !== 0 && { claimedIp: ipAddress }),
    ...(claimedUserAgent !== undefined && { claimedUserAgent }),
  };
};
