/** What the client claims about itself. Nobody has checked it, so the facts keep it under names that say so. */
import { isIP } from 'node:net';
import { redactedLine, wholeWords } from './redact.ts';

/** What the client says, as it came. */
interface SaidOfItself {
  readonly ipAddress?: string;
  readonly userAgent?: string;
}

/** The details of a fact that come from the client. */
export interface Claims {
  readonly claimedIp?: string;
  readonly claimedUserAgent?: string;
}

/** How many characters of a user agent are kept; those of browsers are shorter. */
const MAX_USER_AGENT = 200;
/** The longest text of an IPv6 address (RFC 4291 section 2.2). Addresses with a zone may be longer, but are not a client's. */
const MAX_IP = 45;

/** At least as many digits as a code has, with or without separators. */
const CODE_LIKE = /\d(?:[ -]*\d){5,}/g;

/** A trail must not hold a code or an address, not even one that the client puts there itself, nor half of one. */
const userAgentOf = (text: string): string =>
  wholeWords(redactedLine(text).replace(CODE_LIKE, '***'), MAX_USER_AGENT);

const isAddress = (text: string): boolean => text.length <= MAX_IP && !text.includes('%') && isIP(text) !== 0;

/** What the trail may keep of a client's claims. An invalid IP address or an empty user agent is left out. */
export const claimsOf = ({ ipAddress = '', userAgent = '' }: SaidOfItself): Claims => {
  const claimedUserAgent = userAgentOf(userAgent);
  return {
    ...(isAddress(ipAddress) && { claimedIp: ipAddress }),
    ...(claimedUserAgent !== '' && { claimedUserAgent }),
  };
};
