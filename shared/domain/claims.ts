/** What the client says about itself. Nobody has checked it, so it is kept under names that say so. */
import { isIP } from 'node:net';
import { withoutAddresses } from './address.ts';

/** In the client's own words. */
interface SaidOfItself {
  readonly ipAddress?: string;
  readonly userAgent?: string;
}

/** Facts carry these beside their own details. */
export interface Claims {
  readonly claimedIp?: string;
  readonly claimedUserAgent?: string;
}

/** Characters of a user agent that are kept; browsers' are shorter. */
const MAX_USER_AGENT = 200;
/** The longest text of an IPv6 address (RFC 4291 section 2.2). One with a zone can be of any length, and is no client's. */
const MAX_IP = 45;

/** As many digits as a code has, however they are spaced. */
const CODE_LIKE = /\d(?:[ -]?\d){5,}/g;

/** Cut before it is looked at: a client may send as much as Cognito takes. */
const userAgentOf = (text: string): string => {
  const printable = text.slice(0, 2 * MAX_USER_AGENT).replace(/[^\x20-\x7e]+/g, ' ');
  // A trail must not hold a code or an address, not even one that the client puts there itself.
  const kept = withoutAddresses(printable).replace(CODE_LIKE, '***').trim();
  return kept.slice(0, MAX_USER_AGENT);
};

const isAddress = (text: string): boolean => text.length <= MAX_IP && !text.includes('%') && isIP(text) !== 0;

/** As much of what a client says as the trail may keep; what is no address and what has no text is left out. */
export const claimsOf = ({ ipAddress = '', userAgent = '' }: SaidOfItself): Claims => {
  const claimedUserAgent = userAgentOf(userAgent);
  return {
    ...(isAddress(ipAddress) && { claimedIp: ipAddress }),
    ...(claimedUserAgent !== '' && { claimedUserAgent }),
  };
};
